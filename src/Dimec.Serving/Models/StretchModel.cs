using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Backends;
using Dimec.Serving.Recording;
using Dimec.Serving.Scheduling;

namespace Dimec.Serving.Models;

/// <summary>
/// <c>dimec_TIER</c>: token ids in, logits out; what an offloading client asks. And <c>dimec_A_B</c>: the layers after A up to B, from
/// hidden states (from ids where A is 0), for who carries these from tier to tier. Both give hidden states where they are asked for.
/// </summary>
/// <param name="name">The model's name.</param>
/// <param name="stretch">The layers.</param>
/// <param name="backend">What computes.</param>
/// <param name="limits">How large a request may be.</param>
/// <param name="queue">Computes.</param>
/// <param name="recorder">Gets what was answered; null: nobody does.</param>
internal sealed class StretchModel(
    string name, ServedStretch stretch, ITierBackend backend, RequestLimits limits, WorkQueue queue,
    TierRecorder? recorder) : IServedModel
{
    private readonly TierDescription _tier = backend.Description;
    private readonly RowInputs _inputs = new(stretch.Layers.From, backend, limits);

    public ModelMetadata Metadata { get; } = Describe(name, stretch, backend.Description);

    public string? RawInput => null;

    public async Task<ModelAnswer> AnswerAsync(ModelCall call, CancellationToken cancellationToken)
    {
        var request = call.Request;
        var (rows, length) = _inputs.Read(request, new Inputs(Metadata, request.Inputs, RowInputs.Scales));
        var format = HiddenFormat.Of(request);
        var placement = TextPlacement.Of(request);
        var hidden = request.Outputs.Any(output => output.Name == TierNames.HiddenStates);
        var result = await queue
            .RunAsync(call.Item(() => rows, stretch.Layers, cancellationToken, hidden))
            .ConfigureAwait(false);
        call.Timing.HasRun(rows.Count);
        ModelOutput.RequireFinite(_tier, result.Logits);
        if (!placement.IsLocalOnly)
            recorder?.Offer(request, request.Id, rows, result.Logits);
        var logits = Tensor.From<float>(TierNames.Logits, [rows.Count, _tier.Labels.Count], result.Logits);
        return new ModelAnswer(
            stretch.Layers.To, result.Hidden is not { } states
                ? [logits]
                : [logits, .. HiddenTensors.Of([.. states.Select(row => (ReadOnlyMemory<float>)row)], _tier, length, format)])
        {
            Rows = AnsweredRow.Of(stretch.Layers.To, result.Logits, _tier.Labels.Count),
        };
    }

    private static ModelMetadata Describe(string name, ServedStretch stretch, TierDescription tier)
    {
        List<TensorMetadata> outputs = [new(TierNames.Logits, DataTypes.NameOf(DataType.Float32), [-1, tier.Labels.Count])];
        if (stretch.GivesHidden)
            outputs.Add(new(TierNames.HiddenStates, DataTypes.NameOf(DataType.Float32), [-1, -1, tier.Shape.HiddenSize]));
        return new(name, [ModelOutput.VersionOf(tier)], "onnxruntime_onnx", RowInputs.Describe(stretch.Layers.From, tier), outputs);
    }
}
