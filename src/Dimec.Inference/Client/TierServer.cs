using System.Diagnostics;
using System.Globalization;
using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Inference.Security;
using Dimec.Inference.Telemetry;
using Dimec.Inference.Walks;
using Dimec.OpenInference;
using Dimec.Telemetry;

namespace Dimec.Inference.Client;

/// <summary>
/// A server of a tier, at an address. It is asked for answers only once it has shown that it holds this bundle's model; one that is not
/// ours, for those of the models alone (docs/foreign-servers.md).
/// </summary>
internal sealed class TierServer : IDisposable
{
    /// <summary>The largest answer that is read; logits of 4,096 texts and 1,000 classes fit.</summary>
    private const int MaxAnswerBytes = 32 << 20;

    private readonly Bundle _bundle;
    private readonly BundleTier _tier;
    private readonly Uri _url;
    private readonly TimeProvider _time;
    private readonly OpenInferenceClient _client;
    private readonly SemaphoreSlim _slots;
    private readonly TierHandshake _handshake;
    private readonly TierCalls _calls;
    private readonly TierCircuit _circuit;
    private readonly WalkMessages _walks;
    private readonly TierModels _models;
    private readonly ForeignWalk _foreignWalk;
    private readonly KeyValuePair<string, object?>[] _tags;

    /// <summary>Whether its answers name the bundle, so that each says whether it is this one's: a tier of ours.</summary>
    private volatile bool _namesBundle;
    private int _underWay;

    public TierServer(Bundle bundle, BundleTier tier, Uri url, DimecClientOptions options, TimeProvider time)
    {
        (_bundle, _tier, _url, _time) = (bundle, tier, url, time);
        var timeout = options.TimeoutOf(tier.Name);
        var credentials = new TierCredentials(options.Security, time);
        _client = new OpenInferenceClient(url, new OpenInferenceClientOptions
        {
            // Deadlines are of whole steps here, of which a step may have several calls.
            Timeout = Timeout.InfiniteTimeSpan,
            ConnectTimeout = timeout,
            MaxResponseBytes = MaxAnswerBytes,
            Authorization = credentials.Authorization,
            Tls = credentials.Tls(),
        });
        _walks = new WalkMessages(bundle);
        _slots = new SemaphoreSlim(options.MaxConcurrency);
        _calls = new TierCalls(_client, options, timeout, time);
        _models = new TierModels(bundle, tier, _client);
        _foreignWalk = new ForeignWalk(bundle, tier, _models);
        _handshake = new TierHandshake(bundle, tier, url, _client, _calls, _models);
        _circuit = new TierCircuit(CheckAsync, Late, options.ProbeInterval, time);
        _tags =
        [
            new(TelemetryNames.Tier, tier.Name), new(TelemetryNames.ServerAddress, url.Host), new(TelemetryNames.ServerPort, url.Port),
        ];
        ClientTelemetry.Follow(this, _tags, () => Outage is not null);
    }

    /// <summary>The address.</summary>
    public Uri Url => _url;

    /// <summary>How many requests are under way or wait for their turn.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>
    /// What is wrong with the address where that is certain, not a tier that is down or a way that is broken; otherwise null.
    /// </summary>
    public ProtocolMismatch? Mismatch => _handshake.Mismatch;

    /// <summary>Why it is out, as far as is known; null: it is not, or has not been asked yet.</summary>
    public TierFailure? Outage => _circuit.Outage;

    /// <summary>Whether it may be asked at once; where it may not, it is probed.</summary>
    public bool IsUsable() => _circuit.IsUsable();

    /// <summary>Waits until it is known whether it is there and holds this bundle's model.</summary>
    /// <param name="limit">How long the caller waits, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <returns>Null: it is and does; otherwise it is probed from now on.</returns>
    public Task<TierFailure?> EnterAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _circuit.EnterAsync(limit, cancellationToken);

    /// <summary>Another answered meanwhile; it is asked behind the calls whether it is still there.</summary>
    /// <param name="waited">How long it was waited for.</param>
    public void Doubt(TimeSpan waited) => _circuit.Fail(_circuit.Times, TierFault.Doubt, Late(waited));

    /// <summary>Has all layers of the tier run rows as one batch.</summary>
    /// <param name="rows">The rows' tokens.</param>
    /// <param name="call">What the request to the tier is.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<(TierAnswer? Answer, TierFailure? Failure)> RunAsync(
        IReadOnlyList<TierRow> rows, TierCall call, CancellationToken cancellationToken) => AskAsync(
            call, attempt => _models.RunAsync(_models.Whole, rows, hidden: false, Parameters(attempt.Left), attempt.Token),
            cancellationToken);

    /// <summary>Has the tier go on with the plan; one that is not ours goes one step.</summary>
    /// <param name="work">The layers that it is to begin with.</param>
    /// <param name="samples">The samples, which have been visited as often as each other.</param>
    /// <param name="call">What the request to the tier is.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<(WalkAnswer? Answer, TierFailure? Failure)> WalkAsync(
        TierWork work, IReadOnlyList<SampleProgress> samples, TierCall call, CancellationToken cancellationToken) => AskAsync(
            call, attempt => _namesBundle
                ? WalkAsync(work, samples, attempt.Left, attempt.Token)
                : _foreignWalk.RunAsync(work, samples, attempt.Token),
            cancellationToken);

    public void Dispose()
    {
        ClientTelemetry.Leave(this);
        _circuit.Dispose();
        _client.Dispose();
        _slots.Dispose();
    }

    private TierFailure NoTimeLeft =>
        Failure(TierFailureReason.TimedOut, "the steps before took the time that there was for the answer");

    private async Task<TierFailure?> CheckAsync(bool connectAnew, CancellationToken cancellationToken)
    {
        if (connectAnew)
            _client.Reconnect();
        return await ShowAsync(cancellationToken).ConfigureAwait(false) is { Value: null } shown
            ? Failure(shown.Reason, shown.Problem)
            : null;
    }

    private async Task<TierResult<TierAnswer>> ShowAsync(CancellationToken cancellationToken)
    {
        var shown = await _handshake.RunAsync(cancellationToken).ConfigureAwait(false);
        if (shown.Value is { } answer)
        {
            _namesBundle = answer.Bundle is not null;
            _foreignWalk.Forget();
        }

        return shown;
    }

    private async Task<(T? Answer, TierFailure? Failure)> AskAsync<T>(
        TierCall call, Func<TierAttempt, Task<TierResult<T>>> ask, CancellationToken cancellationToken)
        where T : class
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            return await AskInTurnAsync(call, ask, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<(T? Answer, TierFailure? Failure)> AskInTurnAsync<T>(
        TierCall call, Func<TierAttempt, Task<TierResult<T>>> ask, CancellationToken cancellationToken)
        where T : class
    {
        // Nobody waits for a slot of a tier that is out.
        if (await OutageAsync(call, cancellationToken).ConfigureAwait(false) is { } known)
            return (null, known);
        // Waiting for a slot is this client's own doing and does not count against the tier's deadline, but it does against the caller's.
        if (!await WaitAsync(call.Limit, cancellationToken).ConfigureAwait(false))
            return (null, Failure(TierFailureReason.TimedOut, "requests before this one took the time that there was for it"));
        try
        {
            if (await OutageAsync(call, cancellationToken).ConfigureAwait(false) is { } failure)
                return (null, failure);
            var (left, times) = (Left(call), _circuit.Times);
            if (left <= TimeSpan.Zero)
                return (null, NoTimeLeft);
            var result = await RunAsync(call, left, ask, cancellationToken).ConfigureAwait(false);
            if (result.Value is { } answer)
            {
                _circuit.Succeed();
                return (answer, null);
            }

            var failed = Failure(result.Reason, result.Problem);
            _circuit.Fail(times, FaultOf(result, _calls.IsMost(left)), failed);
            return (null, failed);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<TierResult<T>> RunAsync<T>(
        TierCall call, TimeSpan left, Func<TierAttempt, Task<TierResult<T>>> ask, CancellationToken cancellationToken)
        where T : class
    {
        using var span = ClientTelemetry.Begin(TelemetryNames.AskSpan, ActivityKind.Client);
        foreach (var (name, value) in span is null ? [] : _tags)
            span!.SetTag(name, value);
        var began = _time.GetTimestamp();
        var result = await _calls
            .RunAsync(left, attempt => AttemptAsync(ask, attempt), cancellationToken, repeats: !call.HasNext && !call.IsBeside)
            .ConfigureAwait(false);
        var took = _time.GetElapsedTime(began);
        call.Spent += took;
        TierFailureReason? failure = result.Value is null ? result.Reason : null;
        ClientTelemetry.Asked(_tags, took, failure);
        if (failure is { } reason)
            span?.SetTag(TelemetryNames.ErrorType, ClientTelemetry.WordOf(reason)).SetStatus(ActivityStatusCode.Error);
        return result;
    }

    /// <summary>Whatever stands at the address after a connection that broke shows what it is, unless each answer of it does.</summary>
    private async Task<TierResult<T>> AttemptAsync<T>(Func<TierAttempt, Task<TierResult<T>>> ask, TierAttempt attempt)
        where T : class
    {
        if (attempt.FollowsBreak && !_namesBundle
            && await ShowAsync(attempt.Token).ConfigureAwait(false) is { Value: null } shown)
        {
            return TierResult<T>.Failed(shown.Reason, shown.Problem, shown.Cause);
        }

        return await ask(attempt).ConfigureAwait(false);
    }

    private static TierFault FaultOf<T>(TierResult<T> result, bool hadItsTime)
        where T : class => (result.Reason, result.Cause?.Reason) switch
        {
            (TierFailureReason.TimedOut, null) => hadItsTime ? TierFault.Outage : TierFault.Doubt,
            (TierFailureReason.Unreachable or TierFailureReason.BundleMismatch or TierFailureReason.ProtocolMismatch
                or TierFailureReason.NotAuthorized, _) => TierFault.Outage,
            (_, OpenInferenceFailureReason.NotFound) => TierFault.Outage,
            (_, OpenInferenceFailureReason.Overloaded) => TierFault.None,
            _ => TierFault.Possible,
        };

    private async Task<TierFailure?> OutageAsync(TierCall call, CancellationToken cancellationToken)
    {
        if (call.Outage.Failure is { } known)
            return known;
        var left = call.Limit?.Invoke();
        return left <= TimeSpan.Zero
            ? NoTimeLeft
            : await _circuit.EnterAsync(left ?? Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is left of the tier's deadline and the caller's; half of it where there is another address to fall to.</summary>
    private TimeSpan Left(TierCall call)
    {
        var left = _calls.Timeout - call.Spent;
        if (call.Limit?.Invoke() is { } caller && caller < left)
            left = caller;
        return call.HasNext ? left / 2 : left;
    }

    /// <summary>Waits for a slot; false: the caller waits no longer.</summary>
    private async Task<bool> WaitAsync(Func<TimeSpan>? limit, CancellationToken cancellationToken)
    {
        var left = limit?.Invoke() ?? Timeout.InfiniteTimeSpan;
        using var deadline = new CancellationTokenSource(left < TimeSpan.Zero && limit is not null ? TimeSpan.Zero : left, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _slots.WaitAsync(both.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<TierResult<WalkAnswer>> WalkAsync(
        TierWork work, IReadOnlyList<SampleProgress> samples, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var result = await _client.InferAsync(_walks.Request(work, samples, deadline), cancellationToken).ConfigureAwait(false);
        return _models.OfThisBundle(
            TierResult<InferResponse>.Of(result).Select(response => _walks.Answer(response, work, samples)), answer => answer.Bundle,
            isNamed: true);
    }

    /// <summary>What a tier of ours is told; another server may refuse what it does not know.</summary>
    private Dictionary<string, ParameterValue> Parameters(TimeSpan left) => !_namesBundle ? [] : new()
    {
        [TierNames.BundleParameter] = _bundle.Hash,
        [TierNames.DeadlineParameter] = Math.Ceiling(left.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
    };

    private TierFailure Late(TimeSpan limit) => Failure(TierFailureReason.TimedOut, TierCalls.Late(limit));

    private TierFailure Failure(TierFailureReason reason, string problem)
        => new(_tier.Name, reason, $"Tier {_tier.Name} at {_url.OriginalString} did not answer: {problem.TrimEnd('.')}.");
}
