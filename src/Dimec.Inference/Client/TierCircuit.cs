namespace Dimec.Inference.Client;

/// <summary>
/// Whether a tier may be asked. An outage is remembered, so that it costs one call its deadline and not each; meanwhile the tier is probed
/// behind the calls until it has shown again what it is, and no text is spent on finding that out. A tier of which nobody knows is waited
/// for.
/// </summary>
/// <param name="check">Has the tier show what it is: null where it has. It is told whether to connect anew.</param>
/// <param name="late">Why a tier has no answer whose check takes longer than a caller waits, with how long that is.</param>
/// <param name="interval">The most between two probes.</param>
/// <param name="time">The clock.</param>
internal sealed class TierCircuit(
    Func<bool, CancellationToken, Task<TierFailure?>> check, Func<TimeSpan, TierFailure> late, TimeSpan interval, TimeProvider time)
    : IDisposable
{
    /// <summary>So many possible faults in a row make an outage.</summary>
    private const int Tolerated = 3;

    /// <summary>How many probes may be under way at once: one that went into the void is not waited for.</summary>
    private const int MostAtOnce = 16;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Between two probes of a tier that does not take this client: until somebody has given one of them another key.</summary>
    private static readonly TimeSpan s_refusedPause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private Probing? _probing;
    private TierFailure? _outage;
    private bool _usable;
    private bool _doubted;
    private int _faults;
    private int _times;
    private long _wanted;

    /// <summary>A tier that no text has wanted for so long is not probed further; the next one that wants it waits for it.</summary>
    public static TimeSpan Idle { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the tier has been found fit, to be handed back with what came of a call.</summary>
    public int Times => Volatile.Read(ref _times);

    /// <summary>Why the tier is out, as far as is known; null: it is not, or has not been asked yet.</summary>
    public TierFailure? Outage
    {
        get
        {
            lock (_lock)
                return _usable ? null : _outage;
        }
    }

    /// <summary>Whether the tier may be asked at once; where it may not, it is wanted, and so probed.</summary>
    public bool IsUsable()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, typeof(DimecClient));
            _wanted = time.GetTimestamp();
            if (!_usable && _probing is null)
            {
                _outage = null;
                Begin();
            }

            return _usable;
        }
    }

    /// <summary>Whether the tier may be asked.</summary>
    /// <param name="limit">How long the caller waits to know, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <returns>Null: it may; otherwise why not.</returns>
    public async Task<TierFailure?> EnterAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        Probing probing;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, typeof(DimecClient));
            _wanted = time.GetTimestamp();
            if (_usable)
                return null;
            if (_probing is not null && _outage is not null)
                return _outage;
            if (_probing is null)
                _outage = null;
            probing = _probing ?? Begin();
        }

        try
        {
            return await probing.First.Task.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return late(limit);
        }
    }

    /// <summary>The tier has answered.</summary>
    public void Succeed() => Volatile.Write(ref _faults, 0);

    /// <summary>The tier has not answered.</summary>
    /// <param name="times">As <see cref="Times"/> was when it was asked: what was asked before an outage says nothing of after.</param>
    /// <param name="fault">What that says of it.</param>
    /// <param name="failure">Why.</param>
    public void Fail(int times, TierFault fault, TierFailure failure)
    {
        lock (_lock)
        {
            if (!_usable || times != _times || fault == TierFault.None)
                return;
            if (fault == TierFault.Possible && ++_faults < Tolerated)
                return;
            if (fault != TierFault.Doubt)
            {
                (_usable, _outage) = (false, failure);
                Begin();
                return;
            }

            if (_doubted)
                return;
            _doubted = true;
        }

        _ = Task.Run(() => DoubtAsync(times));
    }

    public void Dispose()
    {
        Probing? probing;
        lock (_lock)
        {
            (probing, _probing, _usable) = (_probing, null, false);
            _end.Cancel();
        }

        probing?.Dispose();
        _end.Dispose();
    }

    /// <summary>Begins to probe; the lock is held.</summary>
    private Probing Begin()
    {
        var (probing, isKnown) = (new Probing(), _outage is not null);
        _probing = probing;
        _ = Task.Run(() => ProbeAsync(probing, isKnown));
        return probing;
    }

    private async Task ProbeAsync(Probing probing, bool isKnown)
    {
        try
        {
            var attempt = AttemptAsync(probing, isKnown);
            // A tier that is slow is not asked twice before it was found to be out.
            if (!isKnown)
                await attempt.ConfigureAwait(false);
            for (var pause = s_firstPause; ; pause = pause * 2 < interval ? pause * 2 : interval)
            {
                await Task.Delay(Pause(pause), time, probing.Token).ConfigureAwait(false);
                if (time.GetElapsedTime(Volatile.Read(ref _wanted)) > Idle)
                    break;
                if (probing.UnderWay < MostAtOnce)
                    _ = AttemptAsync(probing, connectAnew: true);
            }
        }
        catch (OperationCanceledException) when (probing.Token.IsCancellationRequested)
        {
            // It has been found, or the client is closed.
        }

        lock (_lock)
        {
            if (_probing == probing)
                _probing = null;
        }

        probing.Dispose();
    }

    private TimeSpan Pause(TimeSpan usual) =>
        Outage?.Reason == TierFailureReason.NotAuthorized && interval < s_refusedPause ? s_refusedPause
        : usual < interval ? usual
        : interval;

    private async Task AttemptAsync(Probing probing, bool connectAnew)
    {
        TierFailure? failure;
        probing.Count(1);
        try
        {
            failure = await check(connectAnew, probing.Token).ConfigureAwait(false);
        }
        catch (Exception ended) when (
            ended is OperationCanceledException or ObjectDisposedException && probing.Token.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever it is, who waits for the tier gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            probing.First.TrySetException(exception);
            return;
        }
        finally
        {
            probing.Count(-1);
        }

        lock (_lock)
        {
            if (_probing != probing)
                return;
            _outage = failure;
            if (failure is null)
            {
                (_usable, _probing, _faults) = (true, null, 0);
                _times++;
            }
        }

        probing.First.TrySetResult(failure);
        if (failure is null)
            probing.Dispose();
    }

    private async Task DoubtAsync(int times)
    {
        try
        {
            if (await check(true, _end.Token).ConfigureAwait(false) is { } failure)
                Fail(times, TierFault.Outage, failure);
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            // The client is closed.
        }

        lock (_lock)
            _doubted = false;
    }
}
