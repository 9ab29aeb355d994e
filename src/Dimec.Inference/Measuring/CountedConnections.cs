using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;

namespace Dimec.Inference.Measuring;

/// <summary>
/// Makes the connections of a client and counts what goes over them: every byte of the TCP stream, those of HTTP and TLS too. What IP and
/// TCP put around each packet is not in it.
/// </summary>
/// <param name="tls">How TLS is spoken.</param>
/// <param name="time">The clock.</param>
internal sealed class CountedConnections(SslClientAuthenticationOptions tls, TimeProvider time)
{
    private readonly ConcurrentQueue<double> _connects = new();
    private long _sent;
    private long _received;

    public long Sent => Interlocked.Read(ref _sent);

    public long Received => Interlocked.Read(ref _received);

    /// <summary>Milliseconds until each connection stood.</summary>
    public IReadOnlyCollection<double> Connects => _connects;

    public int OnRead(int count)
    {
        Interlocked.Add(ref _received, count);
        return count;
    }

    public void OnWritten(int count) => Interlocked.Add(ref _sent, count);

    /// <summary>
    /// What a client sends its requests by: always straight to the tier, since a proxy is another way than the one to measure.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        SslOptions = tls,
        ConnectCallback = async (context, token) => new CountedStream(
            await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, token).ConfigureAwait(false), this),
    };

    /// <summary>Connects and hangs up, for the time that it takes.</summary>
    public async Task TryConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var stream = await ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<NetworkStream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var began = time.GetTimestamp();
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            _connects.Enqueue(time.GetElapsedTime(began).TotalMilliseconds);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
