using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Backends;
using Dimec.Serving.Scheduling;

namespace Dimec.Serving.Models;

/// <summary><c>dimec_TIER</c>: token ids in, logits out; what an offloading client asks.</summary>
internal sealed class TokenModel(ITierBackend backend, RequestLimits limits) : IServedModel
{
    private readonly TierDescription _tier = backend.Description;

    public ModelMetadata Metadata { get; } = Describe(backend.Description);

    public string? RawInput => null;

    public WorkItem Prepare(InferRequest request, CancellationToken cancellationToken)
    {
        var named = new Inputs(Metadata, request.Inputs);
        var idsTensor = named.Require(TierNames.InputIds);
        if (idsTensor.Shape.Length != 2)
            throw new ProtocolException($"'{TierNames.InputIds}' has the shape {TensorShape.Format(idsTensor.Shape)}; give [rows, tokens]");
        limits.CheckRows(idsTensor.Shape[0]);
        RequestLimits.CheckLength(idsTensor.Shape[1], _tier.MaxLength);
        var (rows, length) = ((int)idsTensor.Shape[0], (int)idsTensor.Shape[1]);
        ReadOnlyMemory<long> ids = idsTensor.ToArray<long>();
        ReadOnlyMemory<long> mask = Values(named.Require(TierNames.AttentionMask), idsTensor.Shape);
        ReadOnlyMemory<long> types = named.Find(TierNames.TokenTypeIds) is { } given ? Values(given, idsTensor.Shape)
            : _tier.UsesTokenTypes ? new long[ids.Length]
            : default;
        // Here and not when it runs: whoever runs beside it must not fail for it.
        backend.CheckValues(ids.Span, mask.Span, types.Span, rows, length);
        return new WorkItem(() => [.. Enumerable.Range(0, rows).Select(Row)], cancellationToken)
        {
            Exit = _tier.Exit,
            Shape = idsTensor.Shape,
            Outputs = [.. request.Outputs.Select(output => output.Name)],
        };

        TokenRow Row(int row) => new(Part(ids, row), Part(mask, row), types.IsEmpty ? default : Part(types, row));

        ReadOnlyMemory<long> Part(ReadOnlyMemory<long> values, int row) => values.Slice(row * length, length);
    }

    public IReadOnlyList<Tensor> Outputs(WorkItem item, float[] logits)
        => [Tensor.From<float>(TierNames.Logits, [item.Shape[0], _tier.Labels.Count], logits)];

    private static long[] Values(Tensor tensor, long[] shape) => tensor.Shape.AsSpan().SequenceEqual(shape)
        ? tensor.ToArray<long>()
        : throw new ProtocolException(
            $"'{tensor.Name}' has the shape {TensorShape.Format(tensor.Shape)} where "
            + $"'{TierNames.InputIds}' has {TensorShape.Format(shape)}; make them equal");

    private static ModelMetadata Describe(TierDescription tier)
    {
        List<TensorMetadata> inputs =
        [
            new(TierNames.InputIds, DataTypes.NameOf(DataType.Int64), [-1, -1]),
            new(TierNames.AttentionMask, DataTypes.NameOf(DataType.Int64), [-1, -1]),
        ];
        if (tier.UsesTokenTypes)
            inputs.Add(new(TierNames.TokenTypeIds, DataTypes.NameOf(DataType.Int64), [-1, -1]));
        return new(
            TierNames.TokenModel(tier.Tier), [ModelOutput.VersionOf(tier)], "onnxruntime_onnx", inputs,
            [new(TierNames.Logits, DataTypes.NameOf(DataType.Float32), [-1, tier.Labels.Count])]);
    }
}
