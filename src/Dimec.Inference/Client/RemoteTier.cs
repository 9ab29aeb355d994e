using System.Globalization;
using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Text;

namespace Dimec.Inference.Client;

/// <summary>A tier at an address. It is asked for answers only once it has shown that it holds this bundle's model.</summary>
internal sealed class RemoteTier : IDisposable
{
    /// <summary>The largest answer that is read; logits of 4,096 texts and 1,000 classes fit.</summary>
    private const int MaxAnswerBytes = 32 << 20;

    private static readonly Dictionary<string, ParameterValue> s_noParameters = [];
    private readonly Bundle _bundle;
    private readonly BundleTier _tier;
    private readonly Uri _url;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly OpenInferenceClient _client;
    private readonly SemaphoreSlim _slots;
    private readonly TierHandshake _handshake;
    private readonly Dictionary<string, ParameterValue> _bundleParameter;
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
        _slots = new SemaphoreSlim(options.MaxConcurrency);
        // Without the hash: a tier of ours with another bundle then says which, instead of refusing.
        _handshake = new TierHandshake(bundle, tier, url, _client, (encodings, token) => InferAsync(encodings, s_noParameters, token));
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
    public async Task<TierFailure?> VerifyAsync(CancellationToken cancellationToken)
    {
        if (_verified)
            return null;
        var result = await WithDeadlineAsync(_handshake.RunAsync, cancellationToken).ConfigureAwait(false);
        _verified = result.Value is not null;
        return _verified ? null : Failure(result.Reason, result.Problem);
    }

    /// <summary>Runs texts as one batch.</summary>
    /// <param name="encodings">The texts' tokens.</param>
    /// <param name="outage">What made this tier fail in the caller's other batches;
    /// a failure of this one is told to those that wait.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <returns>The logits, texts × classes; null: see the failure.</returns>
    public async Task<(float[]? Logits, TierFailure? Failure)> RunAsync(
        IReadOnlyList<TokenizedText> encodings, TierOutage outage, CancellationToken cancellationToken)
    {
        // Waiting for a slot is this client's own doing and does not count against the tier's deadline.
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if ((outage.Failure ?? await VerifyAsync(cancellationToken).ConfigureAwait(false)) is { } failure)
                return (null, outage.Report(failure));
            var result =
                await WithDeadlineAsync(token => InferAsync(encodings, _bundleParameter, token), cancellationToken).ConfigureAwait(false);
            if (result.Value is { } answer)
                return (answer.Logits, null);
            // Whatever stands at the address next has to show again what it is.
            _verified = false;
            return (null, outage.Report(Failure(result.Reason, result.Problem)));
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _slots.Dispose();
    }

    /// <summary>Asks for answers; those of a tier that names another bundle than this client's count as none.</summary>
    private async Task<TierResult<TierAnswer>> InferAsync(
        IReadOnlyList<TokenizedText> encodings, IReadOnlyDictionary<string, ParameterValue> parameters, CancellationToken cancellationToken)
    {
        var result = await _client.InferAsync(Request(encodings, parameters), cancellationToken).ConfigureAwait(false);
        var answer = TierResult<InferResponse>.Of(result).Select(response => ToAnswer(response, encodings.Count));
        return answer.Value?.Bundle is { } hash && hash != _bundle.Hash
            ? TierResult<TierAnswer>.Failed(
                TierFailureReason.BundleMismatch, $"it holds the bundle {hash}, this client {_bundle.Hash}; give both the same")
            : answer;
    }

    private InferRequest Request(IReadOnlyList<TokenizedText> encodings, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        var length = encodings.Max(encoding => encoding.Ids.Length);
        using var batch = new PaddedBatch(encodings, length, _bundle.Tokenizer.PadId, _bundle.Manifest.UsesTokenTypes);
        long[] shape = [encodings.Count, length];
        List<Tensor> inputs =
        [
            Tensor.From<long>(TierNames.InputIds, shape, batch.Ids.Span),
            Tensor.From<long>(TierNames.AttentionMask, shape, batch.Mask.Span),
        ];
        if (_bundle.Manifest.UsesTokenTypes)
            inputs.Add(Tensor.From<long>(TierNames.TokenTypeIds, shape, batch.Types.Span));
        return new InferRequest(TierNames.TokenModel(_tier.Name), inputs)
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
        Func<CancellationToken, Task<TierResult<T>>> call, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await call(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _client.Reconnect();
            return TierResult<T>.Failed(TierFailureReason.TimedOut, $"it did not answer within {_timeout.TotalSeconds:0.###} s");
        }
    }

    private TierFailure Failure(TierFailureReason reason, string problem)
        => new(_tier.Name, reason, $"Tier {_tier.Name} at {_url.OriginalString} did not answer: {problem.TrimEnd('.')}.");
}
