using Dimec.Bundles;
using Dimec.Inference;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Predictions;
using Dimec.Serving.Backends;
using Dimec.Serving.Recording;
using Dimec.Serving.Scheduling;
using Dimec.Text;

namespace Dimec.Serving.Models;

/// <summary><c>dimec</c>: text in, label and probabilities out, for callers that bring no tokenizer.</summary>
/// <param name="backend">What computes.</param>
/// <param name="limits">How large a request may be.</param>
/// <param name="queue">Computes.</param>
/// <param name="recorder">Gets what was answered; null: nobody does.</param>
internal sealed class TextModel(
    ITierBackend backend, RequestLimits limits, WorkQueue queue, TierRecorder? recorder) : IServedModel
{
    private readonly TierDescription _tier = backend.Description;

    public ModelMetadata Metadata { get; } = Describe(backend.Description);

    public string? RawInput => TierNames.Text;

    public async Task<ModelAnswer> AnswerAsync(InferRequest request, CancellationToken cancellationToken)
    {
        var named = new Inputs(Metadata, request.Inputs);
        var shape = named.Require(TierNames.Text).Shape;
        var item = new WorkItem(Rows(named), cancellationToken) { Layers = _tier.Whole };
        var result = await queue.RunAsync(item).ConfigureAwait(false);
        ModelOutput.RequireFinite(_tier, result.Logits);
        recorder?.Offer(request, IdOf(request), item.Rows, result.Logits);
        return new ModelAnswer(_tier.Exit, Outputs(shape, result.Logits));
    }

    /// <summary>What the request calls itself; nothing where that is one of its texts.</summary>
    private static string IdOf(InferRequest request) =>
        request.Inputs.Any(input => input.Texts().Contains(request.Id)) ? "" : request.Id;

    private Func<IReadOnlyList<TierRow>> Rows(Inputs named)
    {
        var textTensor = named.Require(TierNames.Text);
        var (texts, rows) = (Column(textTensor), textTensor.Count);
        if (!_tier.HasPair)
            return () => [.. texts.Select(text => Row(backend.Encode(text, null)))];
        var pairTensor = named.Require(TierNames.TextPair);
        var pairs = Column(pairTensor);
        if (pairTensor.Count != rows)
        {
            throw new ProtocolException(
                $"'{TierNames.TextPair}' has {pairTensor.Count} rows where '{TierNames.Text}' has {rows}; make them equal");
        }

        return () => [.. texts.Zip(pairs, (text, pair) => Row(backend.Encode(text, pair)))];
    }

    private IReadOnlyList<Tensor> Outputs(long[] shape, float[] logits)
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
            Tensor.FromStrings(TierNames.Label, shape, labels),
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

    private TierRow Row(TokenizedText text) => TierRow.Of(text, _tier.Shape.UsesTokenTypes);

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
