using Dimec.Bundles;
using Dimec.Inference;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Backends;
using Dimec.Serving.Walks;

namespace Dimec.Serving.Models;

/// <summary><c>dimec_plan</c>: text in, the plan's answer out, with who gave it and what it cost.</summary>
/// <param name="plan">The plan.</param>
/// <param name="backend">What computes.</param>
/// <param name="limits">How large a request may be.</param>
internal sealed class PlanModel(DevicePlan plan, ITierBackend backend, RequestLimits limits) : IServedModel
{
    private readonly TierDescription _tier = backend.Description;

    public ModelMetadata Metadata { get; } = Describe(backend.Description);

    public string? RawInput => TierNames.Text;

    public async Task<ModelAnswer> AnswerAsync(ModelCall call, CancellationToken cancellationToken)
    {
        var named = new Inputs(Metadata, call.Request.Inputs);
        var shape = named.Require(TierNames.Text).Shape;
        var placement = TextPlacement.Of(call.Request);
        TextInput[] texts = [.. TextInputs.Read(named, _tier, limits).Select(text =>
            new TextInput(text.Text, text.Pair) { IsLocalOnly = placement.IsLocalOnly, Tier = placement.Tier })];
        call.Timing.Runs();
        var answers = await plan.ClassifyAsync(texts, call, cancellationToken).ConfigureAwait(false);
        call.Timing.HasRun(answers.Count);
        if (answers.Index().FirstOrDefault(answer => answer.Item.Error is not null) is { Item: not null } none)
            ModelOutput.ThrowNoNumber(_tier, none.Index);
        return new ModelAnswer(answers.Max(answer => answer.Exit), Outputs(shape, answers))
        {
            Rows = answers.Select(answer => new AnsweredRow(answer.Exit, answer.Confidence)),
            ForwardFailure = answers.SelectMany(answer => answer.Failures).FirstOrDefault()?.Sentence,
        };
    }

    private static IReadOnlyList<Tensor> Outputs(long[] shape, IReadOnlyList<Classification> answers) =>
    [
        Tensor.FromStrings(TierNames.Label, shape, [.. answers.Select(answer => answer.Label)]),
        Tensor.From<float>(TierNames.Confidence, shape, [.. answers.Select(answer => answer.Confidence)]),
        Tensor.FromStrings(TierNames.AnsweringTier, shape, [.. answers.Select(answer => answer.Tier)]),
        Tensor.From<int>(TierNames.AnsweringExit, shape, [.. answers.Select(answer => answer.Exit)]),
        Tensor.From<double>(TierNames.Cost, shape, [.. answers.Select(answer => answer.Cost)]),
        Tensor.From<bool>(TierNames.Fallback, shape, [.. answers.Select(answer => answer.Fallback)]),
        Tensor.From<bool>(TierNames.Truncated, shape, [.. answers.Select(answer => answer.Truncated)]),
    ];

    private static ModelMetadata Describe(TierDescription tier)
    {
        return new(
            TierNames.PlanModel, [ModelOutput.VersionOf(tier)], "dimec", TextInputs.Describe(tier),
            [
                Output(TierNames.Label, DataType.Bytes),
                Output(TierNames.Confidence, DataType.Float32),
                Output(TierNames.AnsweringTier, DataType.Bytes),
                Output(TierNames.AnsweringExit, DataType.Int32),
                Output(TierNames.Cost, DataType.Float64),
                Output(TierNames.Fallback, DataType.Bool),
                Output(TierNames.Truncated, DataType.Bool),
            ]);

        TensorMetadata Output(string name, DataType type) => new(name, DataTypes.NameOf(type), [-1, 1]);
    }
}
