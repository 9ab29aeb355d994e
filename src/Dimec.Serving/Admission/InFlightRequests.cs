using System.Globalization;
using Dimec.OpenInference;
using Dimec.Serving.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dimec.Serving.Admission;

/// <summary>
/// Every request from its first byte to its answer. Gives all of them up when a stop has waited long enough, so that they end with an
/// answer and not with a connection that breaks.
/// </summary>
internal sealed class InFlightRequests : IDisposable
{
    /// <summary>What a stop leaves for writing the answers of those that were given up, before connections are cut.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _patience;
    private readonly ILogger<InFlightRequests> _log;
    private readonly CancellationTokenSource _givenUp = new();
    private readonly CancellationTokenRegistration _stopping;
    private readonly ITimer _timer;
    private int _count;

    public InFlightRequests(
        DimecTierOptions options, IOptions<HostOptions> host, IHostApplicationLifetime lifetime, TimeProvider time,
        ILogger<InFlightRequests> log)
    {
        var wait = host.Value.ShutdownTimeout - Grace;
        (_patience, _log, BodyTimeout) = (wait > TimeSpan.Zero ? wait : TimeSpan.Zero, log, options.BodyTimeout);
        (Time, Bytes) = (time, new InFlightBytes(options.MaxInFlightBytes, time));
        GivenUp = _givenUp.Token;
        _timer = time.CreateTimer(_ => GiveUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _stopping = lifetime.ApplicationStopping.Register(() => _timer.Change(_patience, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Cancelled when a stop waits no longer.</summary>
    public CancellationToken GivenUp { get; }

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How long a body may take to arrive, and an answer to be taken.</summary>
    public TimeSpan BodyTimeout { get; }

    /// <summary>The answer to a body that took too long.</summary>
    internal ProtocolException TooSlow => new(ProtocolStatus.TooSlow, string.Create(
        CultureInfo.InvariantCulture,
        $"the body was not here {BodyTimeout.TotalSeconds:0.###} s after it began; "
        + $"send fewer rows in a request, or from a faster connection"));

    /// <summary>The clock.</summary>
    internal TimeProvider Time { get; }

    /// <summary>The room that they take.</summary>
    internal InFlightBytes Bytes { get; }

    /// <summary>Held by the one request that unpacks a large body.</summary>
    internal SemaphoreSlim Unpacking { get; } = new(1);

    /// <summary>Admits one more request, until it is disposed.</summary>
    /// <param name="caller">Who asks.</param>
    public InFlightRequest Begin(Caller caller)
    {
        Interlocked.Increment(ref _count);
        return new InFlightRequest(this, caller);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _timer.Dispose();
        _givenUp.Dispose();
        Unpacking.Dispose();
    }

    /// <summary>A request has ended.</summary>
    internal void End(InFlightRequest request)
    {
        Bytes.Release(request);
        Interlocked.Decrement(ref _count);
    }

    private void GiveUp()
    {
        if (Count is > 0 and var count)
            _log.RequestsGivenUp(_patience.TotalSeconds, count);
        try
        {
            _givenUp.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The tier came to its end at this very moment: there is nobody to give up, and thrown on a timer it would end the process.
        }
    }
}
