using Dimec.Inference.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dimec.Serving.Held;

/// <summary>
/// Every request from its first byte to its answer. Bounds the bytes that their bodies take together, and gives all of them up when a
/// stop has waited long enough, so that they end with an answer and not with a connection that breaks.
/// </summary>
internal sealed class HeldRequests : IDisposable
{
    /// <summary>What a stop leaves for writing the answers of those that were given up, before connections are cut.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly long _maxBytes;
    private readonly TimeSpan _patience;
    private readonly ILogger<HeldRequests> _log;
    private readonly CancellationTokenSource _givenUp = new();
    private readonly CancellationTokenRegistration _stopping;
    private readonly Timer _timer;
    private long _bytes;
    private int _count;

    public HeldRequests(DimecTierOptions options, IOptions<HostOptions> host, IHostApplicationLifetime lifetime, ILogger<HeldRequests> log)
    {
        var wait = host.Value.ShutdownTimeout - Grace;
        (_maxBytes, _patience, _log) = (options.MaxHeldBytes, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, log);
        GivenUp = _givenUp.Token;
        _timer = new Timer(_ => GiveUp());
        _stopping = lifetime.ApplicationStopping.Register(() => _timer.Change(_patience, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Cancelled when a stop waits no longer.</summary>
    public CancellationToken GivenUp { get; }

    /// <summary>Holds one more request, until it is disposed.</summary>
    public HeldRequest Begin()
    {
        Interlocked.Increment(ref _count);
        return new HeldRequest(this);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _timer.Dispose();
        _givenUp.Dispose();
    }

    /// <exception cref="ProtocolException">There is no room for that many bytes more.</exception>
    internal void Take(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= _maxBytes)
            return;
        Interlocked.Add(ref _bytes, -bytes);
        throw new ProtocolException(ProtocolStatus.Full, $"the bodies of the requests under way leave no room for this one in the {_maxBytes} bytes that this tier holds; try again later or on another tier");
    }

    internal void End(long bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Decrement(ref _count);
    }

    private void GiveUp()
    {
        if (Volatile.Read(ref _count) is > 0 and var count)
            _log.LogWarning("The stop waited {Seconds} s; requests still under way get the answer 'unavailable': {Count}", _patience.TotalSeconds, count);
        _givenUp.Cancel();
    }
}
