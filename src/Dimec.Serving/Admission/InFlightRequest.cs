using System.IO.Pipelines;
using Dimec.OpenInference;
using Dimec.Serving.Scheduling;

namespace Dimec.Serving.Admission;

/// <summary>A request from its first byte to its answer, and the room that it takes.</summary>
internal sealed class InFlightRequest : IDisposable
{
    private readonly InFlightRequests _all;
    private readonly Lock _lock = new();
    private CancellationTokenRegistration _givenUp;
    private PipeReader? _arriving;
    private ProtocolException? _end;
    private ITimer? _deadline;
    private bool _unpacks;

    /// <param name="all">Those under way.</param>
    /// <param name="caller">Who asks.</param>
    public InFlightRequest(InFlightRequests all, Caller caller) => (_all, Caller) = (all, caller);

    /// <summary>Who asks.</summary>
    public Caller Caller { get; }

    /// <summary>Cancelled when a stop waits no longer.</summary>
    public CancellationToken GivenUp => _all.GivenUp;

    /// <summary>The answer of a request that was given up.</summary>
    public static ProtocolException Stopped
        => new(ProtocolStatus.Unavailable, "the tier is stopping and did not get this request done in time; ask another tier");

    /// <summary>The bytes that it takes; <see cref="InFlightBytes"/> keeps them.</summary>
    internal long Bytes { get; set; }

    /// <summary>Its place among those whose bodies arrive; null: it is none of them.</summary>
    internal LinkedListNode<InFlightRequest>? Place { get; set; }

    /// <summary>When its body began to arrive: a timestamp of the clock.</summary>
    internal long Since { get; private set; }

    /// <summary>Takes more room, or gives some back.</summary>
    /// <exception cref="ProtocolException">There is none left.</exception>
    public void Change(long bytes) => _all.Bytes.Change(this, bytes);

    /// <summary>Says what it takes from now on, all in all.</summary>
    /// <exception cref="ProtocolException">That is more than before, and there is no room left.</exception>
    public void Keep(long bytes) => Change(bytes - Bytes);

    /// <summary>
    /// Reads on in the request's body, which from the first call to <see cref="Arrived"/> has a deadline,
    /// and may have to make room for others.
    /// </summary>
    /// <exception cref="ProtocolException">The request was given up meanwhile.</exception>
    public async ValueTask<ReadResult> ReadAsync(PipeReader body)
    {
        if (_arriving is null)
            Arrive(body);
        // Not with a token: a read that it ends leaves a reader that cannot be emptied any more.
        var result = await body.ReadAsync(CancellationToken.None);
        if (!result.IsCanceled)
            return result;
        body.AdvanceTo(result.Buffer.End);
        lock (_lock)
            throw _end ?? Stopped;
    }

    /// <summary>All of the body is here.</summary>
    public void Arrived()
    {
        _all.Bytes.Leave(this);
        lock (_lock)
            _arriving = null;
        _givenUp.Dispose();
        _deadline?.Dispose();
        _deadline = null;
    }

    /// <summary>
    /// Waits for the right to unpack what is large, which one request has at a time: what is made of a body on the way to its tensors is a
    /// few times as large as they are.
    /// </summary>
    /// <exception cref="ProtocolException">The request was given up meanwhile.</exception>
    public async ValueTask UnpackAsync(CancellationToken cancellationToken)
    {
        if (_unpacks)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, GivenUp);
        try
        {
            await _all.Unpacking.WaitAsync(either.Token);
            _unpacks = true;
        }
        catch (OperationCanceledException) when (GivenUp.IsCancellationRequested)
        {
            throw Stopped;
        }
    }

    /// <summary>It is unpacked, and takes that much room from now on.</summary>
    /// <exception cref="ProtocolException">There is none left.</exception>
    public void Unpacked(long bytes)
    {
        if (_unpacks)
        {
            // What was made on the way is large and garbage now, and the collector lets so much of it gather as is in use.
            GC.Collect();
            LeaveUnpacking();
        }

        Keep(bytes);
    }

    /// <summary>It has its answer, which is to be taken within the time that a body may take.</summary>
    /// <param name="abort">Called when it was not.</param>
    public void Answer(Action abort)
    {
        Keep(0);
        _deadline = _all.Time.CreateTimer(_ => abort(), null, _all.BodyTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the arrival of its body.</summary>
    internal void End(ProtocolException reason)
    {
        lock (_lock)
        {
            if (_arriving is null)
                return;
            _end ??= reason;
            _arriving.CancelPendingRead();
        }
    }

    public void Dispose()
    {
        Arrived();
        LeaveUnpacking();
        _all.End(this);
    }

    private void Arrive(PipeReader body)
    {
        Since = _all.Time.GetTimestamp();
        lock (_lock)
            _arriving = body;
        _all.Bytes.Enter(this);
        _deadline = _all.Time.CreateTimer(_ => End(_all.TooSlow), null, _all.BodyTimeout, Timeout.InfiniteTimeSpan);
        _givenUp = GivenUp.Register(() => End(Stopped));
    }

    private void LeaveUnpacking()
    {
        if (!_unpacks)
            return;
        _unpacks = false;
        _all.Unpacking.Release();
    }
}
