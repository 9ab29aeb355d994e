using System.Globalization;
using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Inference.Batching;
using Dimec.Inference.Walks;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;

namespace Dimec.Inference.Client;

/// <summary>A tier at an address. It is asked for answers only once it has shown that it holds this bundle's model.</summary>
internal sealed class RemoteTier : IDisposable
{
    /// <summary>The largest answer that is read; logits of 4,096 texts and 1,000 classes fit.</summary>
    private const int MaxAnswerBytes = 32 << 20;

    /// <summary>Golden samples are nobody's, and a tier is not to record them.</summary>
    private static readonly Dictionary<string, ParameterValue> s_probe = new() { [TierNames.ProbeParameter] = "1" };

    private readonly Bundle _bundle;
    private readonly BundleTier _tier;
    private readonly Uri _url;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly OpenInferenceClient _client;
    private readonly SemaphoreSlim _slots;
    private readonly TierHandshake _handshake;
    private readonly Dictionary<string, ParameterValue> _bundleParameter;
    private readonly WalkMessages _walks;
    private volatile bool _verified;

    public RemoteTier(Bundle bundle, BundleTier tier, Uri url, DimecClientOptions options, TimeProvider time)
    {
        (_bundle, _tier, _url, _time, _timeout) = (bundle, tier, url, time, options.TimeoutOf(tier.Name));
        _bundleParameter = new Dictionary<string, ParameterValue> { [TierNames.BundleParameter] = bundle.Hash };
        _client = new OpenInferenceClient(url, new OpenInferenceClientOptions
        {
            // Deadlines are of whole steps here, of which a step may have several calls.
            Timeout = Timeout.InfiniteTimeSpan,
            ConnectTimeout = _timeout,
            MaxResponseBytes = MaxAnswerBytes,
            // What serves a bundle's models takes it; to ask first would cost a call.
            BinaryData = BinaryData.Always,
        });
        _walks = new WalkMessages(bundle);
        _slots = new SemaphoreSlim(options.MaxConcurrency);
        // Without the hash: a tier of ours with another bundle then says which, instead of refusing.
        _handshake = new TierHandshake(bundle, tier, url, _client, (texts, token) =>
            InferAsync([.. texts.Select(text => TierRow.Of(text, bundle.Manifest.UsesTokenTypes))], s_probe, token));
    }

    /// <summary>The tier's name.</summary>
    public string Name => _tier.Name;

    /// <summary>
    /// What gave it away where what answered at the address does not speak the protocol (a wrong address,
    /// not a tier that is down); otherwise null.
    /// </summary>
    public ProtocolMismatch? Mismatch => _handshake.Mismatch;

    /// <summary>Makes sure that the tier is there and holds this bundle's model.</summary>
    /// <returns>Null: it is and does.</returns>
    public Task<TierFailure?> VerifyAsync(CancellationToken cancellationToken) => VerifyAsync(_timeout, cancellationToken);

    /// <summary>Has all layers of the tier run rows as one batch.</summary>
    /// <param name="rows">The rows' tokens.</param>
    /// <param name="outage">What made this tier fail in the caller's other batches;
    /// a failure of this one is told to those that wait.</param>
    /// <param name="limit">Says how long the caller still waits, where the options say more; null: it does not say.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <returns>The logits, rows × classes; null: see the failure.</returns>
    public async Task<(float[]? Logits, TierFailure? Failure)> RunAsync(
        IReadOnlyList<TierRow> rows, TierOutage outage, Func<TimeSpan>? limit, CancellationToken cancellationToken)
    {
        var (answer, failure) = await AskAsync(
            outage, limit, (_, token) => InferAsync(rows, _bundleParameter, token), cancellationToken).ConfigureAwait(false);
        return (answer?.Logits, failure);
    }

    /// <summary>Has the tier go on with the plan.</summary>
    /// <param name="work">The layers that it is to begin with.</param>
    /// <param name="samples">The samples, which have been visited as often as each other.</param>
    /// <param name="outage">As above.</param>
    /// <param name="limit">As above.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <returns>What it says; null: it failed.</returns>
    public async Task<WalkAnswer?> WalkAsync(
        TierWork work, IReadOnlyList<SampleProgress> samples, TierOutage outage, Func<TimeSpan>? limit, CancellationToken cancellationToken)
    {
        var (answer, _) = await AskAsync(outage, limit, (deadline, token) => WalkAsync(work, samples, deadline, token), cancellationToken)
            .ConfigureAwait(false);
        return answer;
    }

    public void Dispose()
    {
        _client.Dispose();
        _slots.Dispose();
    }

    private async Task<TierFailure?> VerifyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (_verified)
            return null;
        var result = await WithDeadlineAsync(limit, _handshake.RunAsync, cancellationToken).ConfigureAwait(false);
        _verified = result.Value is not null;
        return _verified ? null : Failure(result.Reason, result.Problem);
    }

    private async Task<(T? Answer, TierFailure? Failure)> AskAsync<T>(
        TierOutage outage, Func<TimeSpan>? limit, Func<TimeSpan, CancellationToken, Task<TierResult<T>>> ask,
        CancellationToken cancellationToken)
        where T : class
    {
        // Waiting for a slot is this client's own doing and does not count against the tier's deadline, but it does against the caller's.
        if (!await EnterAsync(limit, cancellationToken).ConfigureAwait(false))
        {
            var failure = Failure(TierFailureReason.TimedOut, "requests before this one took the time that there was for it");
            return (null, outage.Report(failure));
        }

        try
        {
            if ((outage.Failure ?? await VerifyAsync(Left(limit), cancellationToken).ConfigureAwait(false)) is { } failure)
                return (null, outage.Report(failure));
            var deadline = Left(limit);
            var result = await WithDeadlineAsync(deadline, token => ask(deadline, token), cancellationToken).ConfigureAwait(false);
            if (result.Value is { } answer)
                return (answer, null);
            // Whatever stands at the address next has to show again what it is.
            _verified = false;
            return (null, outage.Report(Failure(result.Reason, result.Problem)));
        }
        finally
        {
            _slots.Release();
        }
    }

    private TimeSpan Left(Func<TimeSpan>? limit) => limit?.Invoke() is { } left && left < _timeout ? left : _timeout;

    /// <summary>Waits for a slot; false: the caller waits no longer.</summary>
    private async Task<bool> EnterAsync(Func<TimeSpan>? limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit?.Invoke() ?? Timeout.InfiniteTimeSpan, _time);
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

    /// <summary>Asks for answers; those of a tier that names another bundle than this client's count as none.</summary>
    private async Task<TierResult<TierAnswer>> InferAsync(
        IReadOnlyList<TierRow> rows, IReadOnlyDictionary<string, ParameterValue> parameters, CancellationToken cancellationToken)
    {
        var result = await _client.InferAsync(Request(rows, parameters), cancellationToken).ConfigureAwait(false);
        return OfThisBundle(
            TierResult<InferResponse>.Of(result).Select(response => ToAnswer(response, rows.Count)), answer => answer.Bundle);
    }

    private async Task<TierResult<WalkAnswer>> WalkAsync(
        TierWork work, IReadOnlyList<SampleProgress> samples, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var result = await _client.InferAsync(_walks.Request(work, samples, deadline), cancellationToken).ConfigureAwait(false);
        return OfThisBundle(
            TierResult<InferResponse>.Of(result).Select(response => _walks.Answer(response, work, samples)), answer => answer.Bundle);
    }

    private TierResult<T> OfThisBundle<T>(TierResult<T> answer, Func<T, string?> hashOf)
        where T : class => answer.Value is { } value && hashOf(value) is { } hash && hash != _bundle.Hash
            ? TierResult<T>.Failed(
                TierFailureReason.BundleMismatch, $"it holds the bundle {hash}, this client {_bundle.Hash}; give both the same")
            : answer;

    private InferRequest Request(IReadOnlyList<TierRow> rows, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        using var batch = new PaddedRows(rows, _bundle.Shape, fromIds: true);
        return new InferRequest(TierNames.TokenModel(_tier.Name), TokenTensors.Of(batch.Input))
        {
            Version = _bundle.Manifest.Revision.ToString(CultureInfo.InvariantCulture),
            Parameters = parameters,
            Outputs = [new RequestedOutput(TierNames.Logits)],
        };
    }

    private TierAnswer ToAnswer(InferResponse response, int rows)
    {
        var classes = _bundle.Manifest.Labels.Count;
        TensorCoding.Check("its answer", response.Parameters);
        var logits = response.Output(TierNames.Logits) ?? throw new ProtocolException($"it has no output '{TierNames.Logits}'");
        TensorCoding.Check($"'{logits.Name}'", logits.Parameters);
        if (logits.Shape is not [var foundRows, var foundClasses] || foundRows != rows || foundClasses != classes)
            throw new ProtocolException($"its logits have the shape {TensorShape.Format(logits.Shape)} instead of [{rows},{classes}]");
        var values = logits.ToArray<float>();
        if (Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var place)
            throw new ProtocolException($"row {place / classes} has a logit that is not a finite number");
        return new TierAnswer(values, response.Parameters.TryGetValue(TierNames.BundleParameter, out var hash) ? hash.String : null);
    }

    private async Task<TierResult<T>> WithDeadlineAsync<T>(
        TimeSpan limit, Func<CancellationToken, Task<TierResult<T>>> call, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = new CancellationTokenSource(limit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await call(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _client.Reconnect();
            return TierResult<T>.Failed(TierFailureReason.TimedOut, $"it did not answer within {limit.TotalSeconds:0.###} s");
        }
    }

    private TierFailure Failure(TierFailureReason reason, string problem)
        => new(_tier.Name, reason, $"Tier {_tier.Name} at {_url.OriginalString} did not answer: {problem.TrimEnd('.')}.");
}
