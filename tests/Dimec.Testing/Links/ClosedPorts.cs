using System.Net;
using System.Net.Sockets;

namespace Dimec.Testing.Links;

/// <summary>
/// Ports on the loopback interface where nobody listens. Each is taken and kept until the process ends: one that was only found free may be
/// given to a server of another test while this one takes nobody to be there.
/// </summary>
public static class ClosedPorts
{
    private static readonly List<Socket> s_kept = [];

    /// <summary>Takes one.</summary>
    public static int Take()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        lock (s_kept)
            s_kept.Add(socket);
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
