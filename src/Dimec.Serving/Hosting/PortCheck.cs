using System.Net;
using System.Net.Sockets;

namespace Dimec.Serving.Hosting;

/// <summary>Says which of a tier's ports could not be had, and why: the server's own message names only the first.</summary>
internal static class PortCheck
{
    /// <exception cref="InputException">Always: for every port that cannot be had, or for what the server said.</exception>
    public static void Throw(DimecTierHostOptions options, Exception failure)
    {
        var errors = new InputErrors();
        if (options.Address is { } address && !IsHere(address))
        {
            throw new InputException(
                DimecTierHostOptions.Name(nameof(options.Address)), $"is {address}, no address of this machine",
                "give one that it has, or 0.0.0.0 for all");
        }

        Check(errors, DimecTierHostOptions.Name(nameof(options.HttpPort)), options.HttpPort, options.Address);
        Check(errors, DimecTierHostOptions.Name(nameof(options.GrpcPort)), options.GrpcPort, options.Address);
        if (errors.Count == 0)
        {
            errors.Add(
                $"{DimecTierHostOptions.Name(nameof(options.HttpPort))}, {DimecTierHostOptions.Name(nameof(options.GrpcPort))}",
                $"cannot be listened on ({failure.Message})", "give other ports");
        }

        errors.ThrowIfAny();
    }

    private static bool IsHere(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode != SocketError.AddressNotAvailable;
        }
    }

    private static void Check(InputErrors errors, string key, int port, IPAddress? address)
    {
        using var socket = new Socket(address?.AddressFamily ?? AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address ?? IPAddress.Any, port));
            socket.Listen();
        }
        catch (SocketException exception)
        {
            var problem = exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"port {port} is in use",
                SocketError.AccessDenied => $"port {port} is not open to this user",
                _ => $"port {port} cannot be listened on ({exception.Message})",
            };
            errors.Add(key, problem, "stop what uses it, or give another port (0: any free one)");
        }
    }
}
