using System.Globalization;
using Dimec.OpenInference;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dimec.Serving.Admission;

/// <summary>
/// Every request from its first byte to its answer. Bounds the bytes that they take together, lets no unfinished body keep others out, and
/// gives all of them up when a stop has waited long enough, so that they end with an answer and not with a connection that breaks.
/// </summary>
internal sealed class InFlightRequests : IDisposable
{
    /// <summary>What a stop leaves for writing the answers of those that were given up, before connections are cut.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long, in milliseconds, a body may take to arrive before it makes room for another where there is none left.</summary>
    private const long Undisturbed = 1000;

    private readonly long _maxBytes;
    private readonly TimeSpan _patience;
    private readonly ILogger<InFlightRequests> _log;
    private readonly CancellationTokenSource _givenUp = new();
    private readonly CancellationTokenRegistration _stopping;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private readonly LinkedList<InFlightRequest> _arriving = [];
    private long _bytes;
    private int _count;

    public InFlightRequests(DimecTierOptions options, IOptions<HostOptions> host, IHostApplicationLifetime lifetime, ILogger<InFlightRequests> log)
    {
        var wait = host.Value.ShutdownTimeout - Grace;
        (_maxBytes, _patience, _log, BodyTimeout) = (options.MaxInFlightBytes, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, log, options.BodyTimeout);
        GivenUp = _givenUp.Token;
        _timer = new Timer(_ => GiveUp());
        _stopping = lifetime.ApplicationStopping.Register(() => _timer.Change(_patience, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Cancelled when a stop waits no longer.</summary>
    public CancellationToken GivenUp { get; }

    /// <summary>How long a body may take to arrive, and an answer to be taken.</summary>
    public TimeSpan BodyTimeout { get; }

    /// <summary>The answer to a body that took too long.</summary>
    internal ProtocolException TooSlow => new(ProtocolStatus.TooSlow, string.Create(
        CultureInfo.InvariantCulture, $"the body was not here {BodyTimeout.TotalSeconds:0.###} s after it began; send fewer rows in a request, or from a faster connection"));

    /// <summary>Held by the one request that unpacks a large body.</summary>
    internal SemaphoreSlim Unpacking { get; } = new(1);

    /// <summary>Holds one more request, until it is disposed.</summary>
    public InFlightRequest Begin()
    {
        Interlocked.Increment(ref _count);
        return new InFlightRequest(this);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _timer.Dispose();
        _givenUp.Dispose();
        Unpacking.Dispose();
    }

    /// <exception cref="ProtocolException">There is no room for that many bytes more.</exception>
    internal void Change(InFlightRequest request, long bytes)
    {
        List<InFlightRequest> ended = [];
        bool fits;
        lock (_lock)
        {
            for (var oldest = _arriving.First; oldest is not null && _bytes + bytes > _maxBytes && bytes > 0; oldest = oldest.Next)
            {
                if (oldest.Value == request || oldest.Value.Bytes == 0 || Environment.TickCount64 - oldest.Value.Since < Undisturbed)
                    continue;
                // Its buffers are let go of as soon as it notices.
                _bytes -= oldest.Value.Bytes;
                oldest.Value.Bytes = 0;
                ended.Add(oldest.Value);
            }

            ended.ForEach(Remove);
            fits = bytes <= 0 || _bytes + bytes <= _maxBytes;
            if (fits)
            {
                // What was ended has given its room back already.
                bytes = Math.Max(bytes, -request.Bytes);
                _bytes += bytes;
                request.Bytes += bytes;
            }
        }

        ended.ForEach(one => one.End(new ProtocolException(
            ProtocolStatus.Full, "the body took more than a second to arrive, and others needed its room; try again later, with fewer rows in a request, or on another tier")));
        if (!fits)
            throw new ProtocolException(ProtocolStatus.Full, $"the requests under way leave no room for this one in the {_maxBytes} bytes that this tier holds; try again later or on another tier");
    }

    /// <summary>A body begins to arrive.</summary>
    internal void Enter(InFlightRequest request)
    {
        lock (_lock)
            request.Place = _arriving.AddLast(request);
    }

    /// <summary>A body is here, or will not be.</summary>
    internal void Leave(InFlightRequest request)
    {
        lock (_lock)
            Remove(request);
    }

    internal void End(InFlightRequest request)
    {
        lock (_lock)
        {
            _bytes -= request.Bytes;
            request.Bytes = 0;
        }

        Interlocked.Decrement(ref _count);
    }

    private void Remove(InFlightRequest request)
    {
        if (request.Place is { } place)
            _arriving.Remove(place);
        request.Place = null;
    }

    private void GiveUp()
    {
        if (Volatile.Read(ref _count) is > 0 and var count)
            _log.LogWarning("The stop waited {Seconds} s; requests still under way get the answer 'unavailable': {Count}", _patience.TotalSeconds, count);
        _givenUp.Cancel();
    }
}
