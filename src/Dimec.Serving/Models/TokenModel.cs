using Dimec.Inference;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Backends;

namespace Dimec.Serving.Models;

/// <summary><c>dimec_TIER</c>: token ids in, logits out; what an offloading client asks.</summary>
internal sealed class TokenModel(ITierBackend backend, RunLimits limits) : IServedModel
{
    private readonly TierDescription _tier = backend.Description;

    public ModelMetadata Metadata { get; } = Describe(backend.Description);

    public string? RawInput => null;

    public Func<IReadOnlyList<Tensor>> Prepare(IReadOnlyList<Tensor> inputs)
    {
        var named = new Inputs(Metadata, inputs);
        var idsTensor = named.Require(TierNames.InputIds);
        if (idsTensor.Shape.Length != 2)
            throw new ProtocolException($"'{TierNames.InputIds}' has the shape {TensorShape.Format(idsTensor.Shape)}; give [rows, tokens]");
        limits.CheckRows(idsTensor.Shape[0]);
        RunLimits.CheckLength(idsTensor.Shape[1], _tier.MaxLength);
        var (rows, length) = ((int)idsTensor.Shape[0], (int)idsTensor.Shape[1]);
        var ids = idsTensor.ToInt64();
        var mask = Values(named.Require(TierNames.AttentionMask), idsTensor.Shape);
        var types = named.Find(TierNames.TokenTypeIds) is { } given ? Values(given, idsTensor.Shape)
            : _tier.UsesTokenTypes ? new long[ids.Length]
            : [];
        return () => [Tensor.FromFloat32(TierNames.Logits, [rows, _tier.Labels.Count], Run(ids, mask, types, rows, length))];
    }

    private float[] Run(Memory<long> ids, Memory<long> mask, Memory<long> types, int rows, int length)
    {
        var classes = _tier.Labels.Count;
        var logits = new float[rows * classes];
        var most = Math.Max(1, limits.MaxTokens / length);
        for (var first = 0; first < rows; first += most)
        {
            var (start, part) = (first * length, Math.Min(most, rows - first));
            backend.Run(
                ids.Slice(start, part * length), mask.Slice(start, part * length), types.IsEmpty ? types : types.Slice(start, part * length),
                part, length, logits.AsSpan(first * classes, part * classes));
        }

        for (var row = 0; row < rows; row++)
            ModelOutput.RequireFinite(_tier.Tier, logits.AsSpan(row * classes, classes), row);
        return logits;
    }

    private static long[] Values(Tensor tensor, long[] shape) => tensor.Shape.AsSpan().SequenceEqual(shape)
        ? tensor.ToInt64()
        : throw new ProtocolException($"'{tensor.Name}' has the shape {TensorShape.Format(tensor.Shape)} where '{TierNames.InputIds}' has {TensorShape.Format(shape)}; make them equal");

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
