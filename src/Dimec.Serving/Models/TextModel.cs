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

    public async Task<ModelAnswer> AnswerAsync(ModelCall call, CancellationToken cancellationToken)
    {
        var request = call.Request;
        var named = new Inputs(Metadata, request.Inputs);
        var shape = named.Require(TierNames.Text).Shape;
        var texts = TextInputs.Read(named, _tier, limits);
        var placement = TextPlacement.Of(request);
        if (placement.Tier is { } pinned && pinned != _tier.Tier)
        {
            throw new ProtocolException(
                $"'{TierNames.PinParameter}' is '{pinned}', and '{TierNames.TextModel}' is this tier's own answer, {_tier.Tier}'s; ask "
                + $"{pinned}, or '{TierNames.PlanModel}' on the first tier");
        }

        var item = call.Item(
            () => [.. texts.Select(text => Row(backend.Encode(text.Text, text.Pair)))], _tier.Whole, cancellationToken);
        var result = await queue.RunAsync(item).ConfigureAwait(false);
        call.Timing.HasRun(item.Rows.Count);
        ModelOutput.RequireFinite(_tier, result.Logits);
        if (!placement.IsLocalOnly)
            recorder?.Offer(request, IdOf(request), item.Rows, result.Logits);
        return new ModelAnswer(_tier.Exit, Outputs(shape, result.Logits))
        {
            Rows = AnsweredRow.Of(_tier.Exit, result.Logits, _tier.Labels.Count),
        };
    }

    /// <summary>What the request calls itself; nothing where that is one of its texts.</summary>
    private static string IdOf(InferRequest request) =>
        request.Inputs.Any(input => input.Texts().Contains(request.Id)) ? "" : request.Id;

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

    private TierRow Row(TokenizedText text) => TierRow.Of(text, _tier.Shape.UsesTokenTypes);

    private static ModelMetadata Describe(TierDescription tier) => new(
        TierNames.TextModel, [ModelOutput.VersionOf(tier)], "dimec", TextInputs.Describe(tier),
        [
            new(TierNames.Label, DataTypes.NameOf(DataType.Bytes), [-1, 1]),
            new(TierNames.Probabilities, DataTypes.NameOf(DataType.Float32), [-1, tier.Labels.Count]),
        ]);
}
