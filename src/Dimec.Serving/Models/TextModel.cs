using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Predictions;
using Dimec.Serving.Backends;
using Dimec.Serving.Scheduling;
using Dimec.Text;

namespace Dimec.Serving.Models;

/// <summary><c>dimec</c>: text in, label and probabilities out, for callers that bring no tokenizer.</summary>
internal sealed class TextModel(ITierBackend backend, RequestLimits limits) : IServedModel
{
    private readonly TierDescription _tier = backend.Description;

    public ModelMetadata Metadata { get; } = Describe(backend.Description);

    public string? RawInput => TierNames.Text;

    public WorkItem Prepare(InferRequest request, CancellationToken cancellationToken)
    {
        var named = new Inputs(Metadata, request.Inputs);
        var textTensor = named.Require(TierNames.Text);
        var (texts, rows) = (Column(textTensor), textTensor.Count);
        if (!_tier.HasPair)
            return Item(() => [.. texts.Select(text => Row(backend.Encode(text, null)))]);
        var pairTensor = named.Require(TierNames.TextPair);
        var pairs = Column(pairTensor);
        if (pairTensor.Count != rows)
        {
            throw new ProtocolException(
                $"'{TierNames.TextPair}' has {pairTensor.Count} rows where '{TierNames.Text}' has {rows}; make them equal");
        }

        return Item(() => [.. texts.Zip(pairs, (text, pair) => Row(backend.Encode(text, pair)))]);

        WorkItem Item(Func<IReadOnlyList<TokenRow>> encode) => new(encode, cancellationToken)
        {
            Exit = _tier.Exit,
            Shape = textTensor.Shape,
            Outputs = [.. request.Outputs.Select(output => output.Name)],
        };
    }

    public IReadOnlyList<Tensor> Outputs(WorkItem item, float[] logits)
    {
        var classes = _tier.Labels.Count;
        var rows = logits.Length / classes;
        var probabilities = new float[logits.Length];
        var labels = new string[rows];
        for (var row = 0; row < rows; row++)
        {
            var one = logits.AsSpan(row * classes, classes);
            Softmax.Probabilities(one, probabilities.AsSpan(row * classes, classes));
            // Of the logits: where two are far above the rest, or far apart, their probabilities may be equal.
            labels[row] = _tier.Labels[Softmax.ArgMax(one)];
        }

        return
        [
            Tensor.FromStrings(TierNames.Label, item.Shape, labels),
            Tensor.From<float>(TierNames.Probabilities, [rows, classes], probabilities),
        ];
    }

    private IEnumerable<string> Column(Tensor tensor)
    {
        if (tensor.Shape.Length is 0 or > 2 || (tensor.Shape.Length == 2 && tensor.Shape[1] != 1))
            throw new ProtocolException($"'{tensor.Name}' has the shape {TensorShape.Format(tensor.Shape)}; give [rows] or [rows, 1]");
        limits.CheckRows(tensor.Shape[0]);
        return tensor.Texts();
    }

    /// <summary>Nothing is padded here, so every token is one.</summary>
    private TokenRow Row(TokenizedText text)
    {
        var mask = new long[text.Ids.Length];
        Array.Fill(mask, 1);
        return new TokenRow(Widened(text.Ids), mask, _tier.UsesTokenTypes ? Widened(text.TypeIds) : default);
    }

    private static long[] Widened(int[] values) => Array.ConvertAll(values, value => (long)value);

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
