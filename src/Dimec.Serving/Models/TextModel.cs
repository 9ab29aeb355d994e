using Dimec.Inference;
using Dimec.Inference.Batching;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Predictions;
using Dimec.Serving.Backends;
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
        var (texts, rows) = (Column(textTensor), textTensor.Count);
        if (!_tier.HasPair)
            return () => Classify([.. texts.Select(text => backend.Encode(text, null))], textTensor.Shape);
        var pairTensor = named.Require(TierNames.TextPair);
        var pairs = Column(pairTensor);
        if (pairTensor.Count != rows)
            throw new ProtocolException($"'{TierNames.TextPair}' has {pairTensor.Count} rows where '{TierNames.Text}' has {rows}; make them equal");
        return () => Classify([.. texts.Zip(pairs, backend.Encode)], textTensor.Shape);
    }

    private IEnumerable<string> Column(Tensor tensor)
    {
        if (tensor.Shape.Length is 0 or > 2 || (tensor.Shape.Length == 2 && tensor.Shape[1] != 1))
            throw new ProtocolException($"'{tensor.Name}' has the shape {TensorShape.Format(tensor.Shape)}; give [rows] or [rows, 1]");
        limits.CheckRows(tensor.Shape[0]);
        return tensor.Texts();
    }

    private IReadOnlyList<Tensor> Classify(TokenizedText[] encodings, long[] shape)
    {
        var classes = _tier.Labels.Count;
        var probabilities = new float[encodings.Length * classes];
        var labels = new string[encodings.Length];
        foreach (var rows in LengthBatches.Of(encodings, limits.MaxBatch, limits.MaxTokens))
        {
            var logits = backend.Run([.. rows.Select(row => encodings[row])]);
            for (var i = 0; i < rows.Length; i++)
            {
                var row = logits.AsSpan(i * classes, classes);
                ModelOutput.RequireFinite(_tier.Tier, row, rows[i]);
                Softmax.Probabilities(row, probabilities.AsSpan(rows[i] * classes, classes));
                // Of the logits: where two are far above the rest, or far apart, their probabilities may be equal.
                labels[rows[i]] = _tier.Labels[Softmax.ArgMax(row)];
            }
        }

        return [Tensor.FromStrings(TierNames.Label, shape, labels), Tensor.FromFloat32(TierNames.Probabilities, [encodings.Length, classes], probabilities)];
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
