using System.Net;
using System.Net.Sockets;

namespace Dimec.Inference.Measuring;

/// <summary>
/// Stands before a tier on the loopback interface and passes bytes on both ways, which it counts: what a client that knows nothing of it
/// really sends and gets.
/// </summary>
internal sealed class CountingRelay : IAsyncDisposable
{
    private readonly Uri _tier;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private long _sent;
    private long _received;

    public CountingRelay(Uri tier)
    {
        _tier = tier;
        _listener.Start();
        Address = new UriBuilder(tier) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Bytes to the tier.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Bytes from it.</summary>
    public long Received => Interlocked.Read(ref _received);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(false);
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(PassAsync(await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open).ConfigureAwait(false);
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var near = client;
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(_tier.Host, _tier.Port, _stop.Token).ConfigureAwait(false);
            await Task.WhenAny(
                PumpAsync(near, far, count => Interlocked.Add(ref _sent, count)),
                PumpAsync(far, near, count => Interlocked.Add(ref _received, count))).ConfigureAwait(false);
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // The client sees a connection that ends, as it would of the tier itself.
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Action<int> count)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token).ConfigureAwait(false) is > 0 and var read)
            {
                count(read);
                for (var done = 0; done < read;)
                    done += await to.SendAsync(buffer.AsMemory(done, read - done), _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One end has hung up.
        }
    }
}
