using System.Globalization;
using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Text;

namespace Dimec.Inference.Client;

/// <summary>A tier at an address. It is asked for answers only once it has shown that it holds this bundle's model.</summary>
internal sealed class RemoteTier : IDisposable
{
    private static readonly Dictionary<string, string> _noParameters = [];
    private readonly Bundle _bundle;
    private readonly BundleTier _tier;
    private readonly Uri _url;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ITierTransport _transport;
    private readonly SemaphoreSlim _slots;
    private readonly TierHandshake _handshake;
    private readonly Dictionary<string, string> _bundleParameter;
    private volatile bool _verified;

    public RemoteTier(Bundle bundle, BundleTier tier, Uri url, DimecClientOptions options, TimeProvider time)
    {
        (_bundle, _tier, _url, _time, _timeout) = (bundle, tier, url, time, options.TimeoutOf(tier.Name));
        _bundleParameter = new Dictionary<string, string> { [TierNames.BundleParameter] = bundle.Hash };
        _transport = TierAddress.Open(url, _timeout);
        _slots = new SemaphoreSlim(options.MaxConcurrency);
        // Without the hash: a tier of ours with another bundle then says which, instead of refusing.
        _handshake = new TierHandshake(bundle, tier, url, _transport, (encodings, token) => InferAsync(encodings, _noParameters, token));
    }

    /// <summary>The tier's name.</summary>
    public string Name => _tier.Name;

    /// <summary>What gave it away where what answered at the address does not speak the protocol (a wrong address, not a tier that is down); otherwise null.</summary>
    public Stranger? Stranger => _handshake.Stranger;

    /// <summary>Makes sure that the tier is there and holds this bundle's model.</summary>
    /// <returns>Null: it is and does.</returns>
    public async Task<TierFailure?> VerifyAsync(CancellationToken cancellation)
    {
        if (_verified)
            return null;
        var result = await WithDeadlineAsync(_handshake.RunAsync, cancellation).ConfigureAwait(false);
        _verified = result.Value is not null;
        return _verified ? null : Failure(result.Reason, result.Problem);
    }

    /// <summary>Runs texts as one batch.</summary>
    /// <param name="encodings">The texts' tokens.</param>
    /// <param name="outage">What made this tier fail in the caller's other batches; a failure of this one is told to those that wait.</param>
    /// <param name="cancellation">The caller's own.</param>
    /// <returns>The logits, texts × classes; null: see the failure.</returns>
    public async Task<(float[]? Logits, TierFailure? Failure)> RunAsync(IReadOnlyList<TokenizedText> encodings, TierOutage outage, CancellationToken cancellation)
    {
        // Waiting for a slot is this client's own doing and does not count against the tier's deadline.
        await _slots.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if ((outage.Failure ?? await VerifyAsync(cancellation).ConfigureAwait(false)) is { } failure)
                return (null, outage.Report(failure));
            var result = await WithDeadlineAsync(token => InferAsync(encodings, _bundleParameter, token), cancellation).ConfigureAwait(false);
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
        _transport.Dispose();
        _slots.Dispose();
    }

    /// <summary>Asks for answers; those of a tier that names another bundle than this client's count as none.</summary>
    private async Task<TransportResult<TierAnswer>> InferAsync(
        IReadOnlyList<TokenizedText> encodings, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellation)
    {
        var result = await _transport.InferAsync(Request(encodings, parameters), cancellation).ConfigureAwait(false);
        var answer = result.Select(response => ToAnswer(response, encodings.Count));
        return answer.Value?.Bundle is { } hash && hash != _bundle.Hash
            ? TransportResult<TierAnswer>.Failed(TierFailureReason.OtherBundle, $"it holds the bundle {hash}, this client {_bundle.Hash}; give both the same")
            : answer;
    }

    private InferRequest Request(IReadOnlyList<TokenizedText> encodings, IReadOnlyDictionary<string, string> parameters)
    {
        var length = encodings.Max(encoding => encoding.Ids.Length);
        using var batch = new PaddedBatch(encodings, length, _bundle.Tokenizer.PadId, _bundle.Manifest.UsesTokenTypes);
        long[] shape = [encodings.Count, length];
        List<Tensor> inputs =
        [
            Tensor.FromInt64(TierNames.InputIds, shape, batch.Ids.Span),
            Tensor.FromInt64(TierNames.AttentionMask, shape, batch.Mask.Span),
        ];
        if (_bundle.Manifest.UsesTokenTypes)
            inputs.Add(Tensor.FromInt64(TierNames.TokenTypeIds, shape, batch.Types.Span));
        return new InferRequest(
            TierNames.TokenModel(_tier.Name), _bundle.Manifest.Revision.ToString(CultureInfo.InvariantCulture), "",
            parameters, inputs, [new RequestedOutput(TierNames.Logits)]);
    }

    private TierAnswer ToAnswer(InferResponse response, int rows)
    {
        var classes = _bundle.Manifest.Labels.Count;
        var logits = response.Outputs.FirstOrDefault(output => output.Name == TierNames.Logits)
            ?? throw new ProtocolException($"it has no output '{TierNames.Logits}'");
        if (logits.Shape is not [var foundRows, var foundClasses] || foundRows != rows || foundClasses != classes)
            throw new ProtocolException($"its logits have the shape {TensorShape.Format(logits.Shape)} instead of [{rows},{classes}]");
        var values = logits.ToFloat32();
        if (Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var place)
            throw new ProtocolException($"row {place / classes} has a logit that is not a finite number");
        return new TierAnswer(values, response.Parameters.GetValueOrDefault(TierNames.BundleParameter));
    }

    private async Task<TransportResult<T>> WithDeadlineAsync<T>(Func<CancellationToken, Task<TransportResult<T>>> call, CancellationToken cancellation)
        where T : class
    {
        using var deadline = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await call(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            _transport.Reconnect();
            return TransportResult<T>.Failed(TierFailureReason.TimedOut, $"it did not answer within {_timeout.TotalSeconds:0.###} s");
        }
    }

    private TierFailure Failure(TierFailureReason reason, string problem)
        => new(_tier.Name, reason, $"Tier {_tier.Name} at {_url.OriginalString} did not answer: {problem.TrimEnd('.')}.");
}
