using System.Net;
using System.Net.Sockets;

namespace Dimec.Testing.Links;

/// <summary>
/// Ports on the loopback interface for servers that cannot be told to find one. Where nobody is to listen, <see cref="ClosedPorts"/>.
/// </summary>
public static class FreePorts
{
    /// <summary>Finds one that was free a moment ago.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
