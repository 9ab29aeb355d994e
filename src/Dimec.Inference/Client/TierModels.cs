using System.Globalization;
using Dimec.Bundles;
using Dimec.Inference.Batching;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;

namespace Dimec.Inference.Client;

/// <summary>
/// The models that any server of the protocol can serve: the bundle's ONNX files as they are, <c>dimec_TIER</c> from token ids and
/// <c>dimec_A_B</c> from hidden states.
/// </summary>
internal sealed class TierModels(Bundle bundle, BundleTier tier, OpenInferenceClient client)
{
    private volatile string _version = bundle.Manifest.Revision.ToString(CultureInfo.InvariantCulture);

    /// <summary>All layers of the tier.</summary>
    public LayerStretch Whole { get; } = new(0, tier.Exit);

    /// <summary>The version that is asked for; empty: whichever the server serves.</summary>
    public string Version
    {
        get => _version;
        set => _version = value;
    }

    /// <summary>What the model of a stretch is called.</summary>
    public string NameOf(LayerStretch layers) => layers == Whole ? TierNames.TokenModel(tier.Name) : TierNames.StretchModel(layers);

    /// <summary>Asks what a model takes and gives.</summary>
    /// <param name="layers">Its layers.</param>
    /// <param name="version">The version; empty: whichever the server serves.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<TierResult<ModelMetadata>> DescribeAsync(LayerStretch layers, string version, CancellationToken cancellationToken) =>
        TierResult<ModelMetadata>.Of(
            await client.GetModelMetadataAsync(NameOf(layers), version, cancellationToken).ConfigureAwait(false));

    /// <summary>Has a model run rows as one batch; answers of a tier that names another bundle than this client's count as none.</summary>
    /// <param name="layers">Its layers.</param>
    /// <param name="rows">The rows: their tokens, or the states after the layer before.</param>
    /// <param name="hidden">Whether the states after the last layer are wanted.</param>
    /// <param name="parameters">The request's.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <param name="states">What the model calls these states.</param>
    public async Task<TierResult<TierAnswer>> RunAsync(
        LayerStretch layers, IReadOnlyList<TierRow> rows, bool hidden, IReadOnlyDictionary<string, ParameterValue> parameters,
        CancellationToken cancellationToken, string states = TierNames.HiddenStates)
    {
        var request = new InferRequest(NameOf(layers), Inputs(layers, rows))
        {
            Version = Version,
            Parameters = parameters,
            Outputs = hidden
                ? [new RequestedOutput(TierNames.Logits), new RequestedOutput(states)]
                : [new RequestedOutput(TierNames.Logits)],
        };
        var result = await client.InferAsync(request, cancellationToken).ConfigureAwait(false);
        return OfThisBundle(
            TierResult<InferResponse>.Of(result).Select(response => Answer(response, rows, hidden ? states : null)),
            answer => answer.Bundle, parameters.ContainsKey(TierNames.BundleParameter));
    }

    /// <summary>
    /// The answer, unless it names another bundle, or none where the request named one: then something else stands there than the tier of
    /// ours that did.
    /// </summary>
    public TierResult<T> OfThisBundle<T>(TierResult<T> answer, Func<T, string?> hashOf, bool isNamed)
        where T : class
    {
        if (answer.Value is not { } value)
            return answer;
        return (hashOf(value), isNamed) switch
        {
            ({ } hash, _) when hash != bundle.Hash => TierResult<T>.Failed(
                TierFailureReason.BundleMismatch, $"it holds the bundle {hash}, this client {bundle.Hash}; give both the same"),
            (null, true) => TierResult<T>.Failed(
                TierFailureReason.BundleMismatch, "it does not name its bundle any more, as it did when it was tried"),
            _ => answer,
        };
    }

    private IReadOnlyList<Tensor> Inputs(LayerStretch layers, IReadOnlyList<TierRow> rows)
    {
        using var batch = new PaddedRows(rows, bundle.Shape, fromIds: layers.From == 0);
        var input = batch.Input;
        return layers.From == 0
            ? TokenTensors.Of(input)
            :
            [
                Tensor.From<float>(TierNames.HiddenStates, [input.Batch, input.Length, bundle.Shape.HiddenSize], input.Hidden.Span),
                Tensor.From<long>(TierNames.AttentionMask, [input.Batch, input.Length], input.Mask.Span),
            ];
    }

    private TierAnswer Answer(InferResponse response, IReadOnlyList<TierRow> rows, string? states)
    {
        var classes = bundle.Manifest.Labels.Count;
        TensorCoding.Check("its answer", response.Parameters);
        var logits = Output(response, TierNames.Logits, [rows.Count, classes]);
        if (Array.FindIndex(logits, value => !float.IsFinite(value)) is >= 0 and var place)
            throw new ProtocolException($"row {place / classes} has a logit that is not a finite number");
        return new TierAnswer(
            logits, response.Parameters.TryGetValue(TierNames.BundleParameter, out var hash) ? hash.String : null)
        {
            Hidden = states is null ? null : Hidden(response, rows, states),
        };
    }

    private ReadOnlyMemory<float>[] Hidden(InferResponse response, IReadOnlyList<TierRow> rows, string states)
    {
        var (length, size) = (rows.Max(row => row.Length), bundle.Shape.HiddenSize);
        var values = Output(response, states, [rows.Count, length, size]);
        var hidden = rows.Select((row, place) => new ReadOnlyMemory<float>(values, place * length * size, row.Length * size)).ToArray();
        if (Array.FindIndex(hidden, own => own.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) >= 0) is >= 0 and var row)
            throw new ProtocolException($"row {row} has a hidden state that is not a finite number");
        return hidden;
    }

    private static float[] Output(InferResponse response, string name, long[] shape)
    {
        var output = response.Output(name) ?? throw new ProtocolException($"it has no output '{name}'");
        TensorCoding.Check($"'{output.Name}'", output.Parameters);
        return output.Shape.AsSpan().SequenceEqual(shape)
            ? output.ToArray<float>()
            : throw new ProtocolException(
                $"its {name} have the shape {TensorShape.Format(output.Shape)} instead of {TensorShape.Format(shape)}");
    }
}
