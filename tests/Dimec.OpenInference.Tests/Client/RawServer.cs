using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dimec.OpenInference.Tests.Client;

/// <summary>Sends the same bytes to whoever connects and says something, and hangs up; null: says nothing.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public RawServer(string? reply)
    {
        _listener.Start();
        _serving = ServeAsync(reply);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>An answer of HTTP/1.1.</summary>
    public static string Http(string status, string body = "", string headers = "")
        => $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.Latin1.GetByteCount(body)}\r\n{headers}Connection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(string? reply)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await client.GetStream().ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, _stop.Token);
                if (reply is null)
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(reply!), _stop.Token);
            }
        }
        catch (Exception exception)
            when (exception is SocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The test is over, or the client has hung up.
        }
    }
}
