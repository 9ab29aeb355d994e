using System.Globalization;
using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Inference;
using Dimec.Inference.Walks;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Predictions;
using Dimec.Policies;
using Dimec.Policies.Resuming;
using Dimec.Serving.Backends;
using Dimec.Serving.Walks;

namespace Dimec.Serving.Models;

/// <summary>
/// <c>dimec_walk</c>, <c>dimec_walk_A</c>: goes on with the bundle's plan from token ids, or from the hidden states after layer A, with the
/// exits that the caller has passed. Gives every exit that it came to, here or on a tier that it sent the states on to; and where the plan
/// has the client carry them, the hidden states of those rows that are not answered yet.
/// </summary>
/// <param name="from">The layer; 0: token ids.</param>
/// <param name="walk">The plan, as this tier goes on with it.</param>
/// <param name="backend">What computes.</param>
/// <param name="limits">How large a request may be.</param>
internal sealed class WalkModel(int from, TierWalk walk, ITierBackend backend, RequestLimits limits) : IServedModel
{
    private static readonly TensorMetadata[] s_passed =
    [
        new(TierNames.Passed, DataTypes.NameOf(DataType.Int32), [-1, -1, 4]),
        new(TierNames.PassedLogits, DataTypes.NameOf(DataType.Float32), [-1, -1, -1]),
    ];

    private readonly TierDescription _tier = backend.Description;
    private readonly RowInputs _inputs = new(from, backend, limits);
    private readonly VisitCodec _visits = new(walk.Bundle.Plan.Costs, backend.Description.Labels.Count);

    public ModelMetadata Metadata { get; } = Describe(from, backend.Description);

    public string? RawInput => null;

    public async Task<ModelAnswer> AnswerAsync(ModelCall call, CancellationToken cancellationToken)
    {
        var request = call.Request;
        var named = new Inputs(Metadata, request.Inputs, [RowInputs.Scales, .. s_passed]);
        var format = HiddenFormat.Of(request);
        var (rows, length) = _inputs.Read(request, named);
        var passed = Passed(named, rows.Count);
        CheckPassed(passed);
        var stays = TextPlacement.Of(request).IsLocalOnly;
        SampleProgress[] samples = [.. rows.Zip(passed, (row, visits) => Begin(row, visits, stays))];
        var first = First(request);
        call.Timing.Runs();
        await walk.RunAsync(samples, first, call, cancellationToken).ConfigureAwait(false);
        call.Timing.HasRun(samples.Length);
        return Answer(samples, passed, length, format);
    }

    private SampleProgress Begin(TierRow row, Visit[] passed, bool stays)
    {
        var sample = new SampleProgress("", row, [], passed) { StaysHere = stays };
        if (from > 0)
            sample.Bring(new HiddenState(from, row.Hidden));
        return sample;
    }

    private Visit[][] Passed(Inputs named, int rows)
    {
        var none = new Visit[rows][];
        Array.Fill(none, []);
        return named.Find(TierNames.Passed) is { } works
            ? _visits.Decode(works, named.Require(TierNames.PassedLogits), none)
            : none;
    }

    /// <summary>
    /// The layers that the caller has the rows begin with: it has asked the plan, and a plan may look at what the tier does not get.
    /// </summary>
    private TierWork First(InferRequest request)
    {
        var layers = _tier.Stretches.Select(stretch => stretch.Layers).Where(layers => layers.From == from).ToArray();
        var stop = request.Parameters.TryGetValue(TierNames.StopParameter, out var named) ? named.String : null;
        var found = Array.Find(layers, layers => layers.To.ToString(CultureInfo.InvariantCulture) == stop);
        if (found == default)
        {
            throw new ProtocolException(
                $"'{TierNames.StopParameter}' is {(stop is null ? "missing" : $"'{stop}'")}; tier '{_tier.Tier}' "
                + $"stops at layer {string.Join(" or ", layers.Select(layers => layers.To))} from there");
        }

        return from == 0
            ? TierWork.OfText(walk.Tiers.Here, found.To)
            : new TierWork(walk.Tiers.Here, from, found.To, WorkStart.Forwarded, walk.Tiers.Here);
    }

    private void CheckPassed(Visit[][] passed)
    {
        foreach (var (row, visits) in passed.Index())
        {
            if (from > 0 && (visits.Length == 0 || visits[^1].Exit != from))
            {
                throw new ProtocolException(
                    $"row {row} brings the hidden states after layer {from} and has passed "
                    + (visits.Length == 0 ? "no exit" : $"exit {visits[^1].Exit} last"));
            }
        }
    }

    private ModelAnswer Answer(SampleProgress[] samples, Visit[][] passed, int length, HiddenStateFormat format)
    {
        Visit[][] visits = [.. samples.Zip(passed, (sample, before) => sample.Visits.Skip(before.Length).ToArray())];
        if (Array.FindIndex(visits, row => row.Length == 0) is >= 0 and var none)
            ModelOutput.ThrowNoNumber(_tier, none);
        int[] carried = [.. samples.Index().Where(sample => IsCarried(sample.Item)).Select(sample => sample.Index)];
        List<Tensor> outputs = [.. _visits.Encode(TierNames.Visits, TierNames.VisitLogits, visits)];
        if (carried.Length > 0)
        {
            outputs.Add(Tensor.From<int>(TierNames.HiddenRows, [carried.Length], carried));
            outputs.AddRange(HiddenTensors.Of([.. carried.Select(row => samples[row].Hidden!.Values)], _tier, length, format));
        }

        return new ModelAnswer(visits.Max(row => row[^1].Exit), outputs)
        {
            Rows = visits.Select(row => new AnsweredRow(row[^1].Exit, Softmax.Confidence(row[^1].Logits.Span))),
            ForwardFailure = samples.SelectMany(sample => sample.Failures).FirstOrDefault()?.Sentence,
        };
    }

    private bool IsCarried(SampleProgress sample)
    {
        if (!sample.Answering.IsEmpty || sample.Hidden is null)
            return false;
        return walk.Policy.Next(sample.State) is { IsAnswer: false, Start: WorkStart.Carried };
    }

    private static ModelMetadata Describe(int from, TierDescription tier)
    {
        var (real, whole) = (DataTypes.NameOf(DataType.Float32), DataTypes.NameOf(DataType.Int32));
        return new(
            TierNames.WalkModel(from), [ModelOutput.VersionOf(tier)], "dimec", RowInputs.Describe(from, tier),
            [
                new(TierNames.Visits, whole, [-1, -1, 4]),
                new(TierNames.VisitLogits, real, [-1, -1, tier.Labels.Count]),
                new(TierNames.HiddenRows, whole, [-1]),
                new(TierNames.HiddenStates, real, [-1, -1, tier.Shape.HiddenSize]),
            ]);
    }
}
