using Dimec.Inference.Batching;
using Dimec.Inference.Protocol;
using Dimec.Serving.Tiers;
using Dimec.Text;

namespace Dimec.Serving.Models;

/// <summary><c>dimec</c>: text in, label and probabilities out, for callers that bring no tokenizer.</summary>
internal sealed class TextModel(ITierBackend backend, RunLimits limits) : IServedModel
{
    private readonly TierDescription _tier = backend.Description;

    public ModelMetadata Metadata { get; } = Describe(backend.Description);

    public string? RawInput => TierNames.Text;

    public Func<IReadOnlyList<Tensor>> Prepare(IReadOnlyList<Tensor> inputs)
    {
        var named = new Inputs(Metadata, inputs);
        var textTensor = named.Require(TierNames.Text);
        var texts = Column(textTensor);
        var pairs = _tier.HasPair ? Column(named.Require(TierNames.TextPair)) : null;
        if (pairs is not null && pairs.Length != texts.Length)
            throw new ProtocolException($"'{TierNames.TextPair}' has {pairs.Length} rows where '{TierNames.Text}' has {texts.Length}; make them equal");
        return () => Classify(texts, pairs, textTensor.Shape);
    }

    private string[] Column(Tensor tensor)
    {
        if (tensor.Shape.Length is 0 or > 2 || (tensor.Shape.Length == 2 && tensor.Shape[1] != 1))
            throw new ProtocolException($"'{tensor.Name}' has the shape {TensorShape.Format(tensor.Shape)}; give [rows] or [rows, 1]");
        limits.CheckRows(tensor.Shape[0]);
        return tensor.ToStrings();
    }

    private IReadOnlyList<Tensor> Classify(string[] texts, string[]? pairs, long[] shape)
    {
        var encodings = new TokenizedText[texts.Length];
        for (var i = 0; i < texts.Length; i++)
            encodings[i] = backend.Encode(texts[i], pairs?[i]);

        var classes = _tier.Labels.Count;
        var probabilities = new float[texts.Length * classes];
        foreach (var rows in LengthBatches.Of(encodings, limits.MaxBatch, limits.MaxTokens))
        {
            var logits = backend.Run([.. rows.Select(row => encodings[row])]);
            ModelOutput.RequireFinite(_tier.Tier, logits);
            for (var row = 0; row < rows.Length; row++)
                ModelOutput.Softmax(logits.AsSpan(row * classes, classes), probabilities.AsSpan(rows[row] * classes, classes));
        }

        var labels = new string[texts.Length];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = _tier.Labels[ModelOutput.Largest(probabilities.AsSpan(i * classes, classes))];
        return [Tensor.FromStrings(TierNames.Label, shape, labels), Tensor.FromFloat32(TierNames.Probabilities, [texts.Length, classes], probabilities)];
    }

    private static ModelMetadata Describe(TierDescription tier)
    {
        List<TensorMetadata> inputs = [new(TierNames.Text, DataTypes.NameOf(DataType.Bytes), [-1, 1])];
        if (tier.HasPair)
            inputs.Add(new(TierNames.TextPair, DataTypes.NameOf(DataType.Bytes), [-1, 1]));
        return new(
            TierNames.TextModel, [ModelOutput.VersionOf(tier)], "dimec", inputs,
            [
                new(TierNames.Label, DataTypes.NameOf(DataType.Bytes), [-1, 1]),
                new(TierNames.Probabilities, DataTypes.NameOf(DataType.Float32), [-1, tier.Labels.Count]),
            ]);
    }
}
