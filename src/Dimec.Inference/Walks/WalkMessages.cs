using System.Globalization;
using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Inference.Batching;
using Dimec.Inference.Client;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Policies;
using Dimec.Policies.Resuming;

namespace Dimec.Inference.Walks;

/// <summary>What a client says to a tier that is to go on with the plan, and what it makes of the answer.</summary>
/// <param name="bundle">The bundle.</param>
/// <param name="transfer">How hidden states travel; null: as the bundle's plan says.</param>
internal sealed class WalkMessages(Bundle bundle, HiddenStateTransfer? transfer = null)
{
    private readonly HiddenStateTransfer _transfer = transfer ?? bundle.Plan.HiddenStates;
    private readonly VisitCodec _visits = new(bundle.Plan.Costs, bundle.Manifest.Labels.Count);
    private readonly ModelShape _shape = bundle.Shape;

    /// <summary>The request.</summary>
    /// <param name="work">The layers that the tier begins with.</param>
    /// <param name="samples">The samples, which have been visited as often as each other.</param>
    /// <param name="deadline">How long is waited for the answer.</param>
    public InferRequest Request(TierWork work, IReadOnlyList<SampleProgress> samples, TimeSpan deadline)
    {
        var inputs = new List<Tensor>();
        using (var batch = new PaddedRows([.. samples.Select(sample => sample.RowFrom(work.From))], _shape, work.From == 0))
        {
            if (work.From == 0)
            {
                inputs.AddRange(TokenTensors.Of(batch.Input));
            }
            else
            {
                var input = batch.Input;
                inputs.AddRange(HiddenStateCodec.Encode(input.Hidden.Span, input.Batch, input.Length, _transfer.Format));
                inputs.Add(Tensor.From<long>(TierNames.AttentionMask, [input.Batch, input.Length], input.Mask.Span));
            }
        }

        if (samples[0].Visits.Count > 0)
            inputs.AddRange(_visits.Encode(TierNames.Passed, TierNames.PassedLogits, [.. samples.Select(sample => sample.Visits)]));
        return new InferRequest(TierNames.WalkModel(work.From), inputs)
        {
            Version = bundle.Manifest.Revision.ToString(CultureInfo.InvariantCulture),
            IsCompressed = work.From > 0 && _transfer.Compressed,
            Parameters = new Dictionary<string, ParameterValue>
            {
                [TierNames.BundleParameter] = bundle.Hash,
                [TierNames.StopParameter] = work.To.ToString(CultureInfo.InvariantCulture),
                [TierNames.LayerParameter] = work.From.ToString(CultureInfo.InvariantCulture),
                [TierNames.HiddenFormatParameter] = ChoiceNames.Of(_transfer.Format),
                [TierNames.DeadlineParameter] = Math.Ceiling(deadline.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
            },
        };
    }

    /// <summary>The answer.</summary>
    /// <param name="response">What the tier said.</param>
    /// <param name="work">The layers that it was asked to begin with.</param>
    /// <param name="samples">The samples that it was asked for.</param>
    /// <exception cref="ProtocolException">It is none.</exception>
    public WalkAnswer Answer(InferResponse response, TierWork work, IReadOnlyList<SampleProgress> samples)
    {
        TensorCoding.Check("its answer", response.Parameters);
        var visits = _visits.Decode(
            Required(response, TierNames.Visits), Required(response, TierNames.VisitLogits), [.. samples.Select(sample => sample.Visits)],
            work.Tier);
        if (Array.FindIndex(visits, row => row.Length == 0 || !IsAsked(row[0].Work, work)) is >= 0 and var row)
            throw new ProtocolException($"row {row} did not begin with the layers {work.From + 1} to {work.To} that it was asked for");
        // How the states came there is the client's to say: it knows whether it carried them.
        foreach (var own in visits)
            own[0] = new Visit(work, own[0].Logits);
        return new WalkAnswer(
            visits, Hidden(response, visits, samples), Text(response, TierNames.ForwardFailureParameter),
            Text(response, TierNames.BundleParameter));
    }

    private static bool IsAsked(TierWork work, TierWork asked) =>
        (work.Tier, work.From, work.To) == (asked.Tier, asked.From, asked.To);

    private HiddenState?[] Hidden(InferResponse response, Visit[][] visits, IReadOnlyList<SampleProgress> samples)
    {
        var hidden = new HiddenState?[samples.Count];
        if (response.Output(TierNames.HiddenRows) is not { } given || given.Count == 0)
            return hidden;
        var states = Required(response, TierNames.HiddenStates);
        var rows = given.ToArray<int>();
        var values = HiddenStateCodec.Decode(states, response.Output(TierNames.HiddenScales), _shape.HiddenSize);
        var tokens = states.Shape[0] == rows.Length ? states.Shape[1] : 0;
        foreach (var (place, row) in rows.Index())
        {
            if (row < 0 || row >= samples.Count || hidden[row] is not null || samples[row].Tokens.Length > tokens)
                throw new ProtocolException($"its hidden states {TensorShape.Format(states.Shape)} do not fit row {row}");
            var own = values.AsMemory(
                checked((int)(place * tokens * _shape.HiddenSize)), samples[row].Tokens.Length * _shape.HiddenSize);
            if (own.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) >= 0)
                throw new ProtocolException($"row {row} has a hidden state that is not a finite number");
            hidden[row] = new HiddenState(visits[row][^1].Exit, own);
        }

        return hidden;
    }

    private static string? Text(InferResponse response, string name) =>
        response.Parameters.TryGetValue(name, out var value) ? value.String : null;

    private static Tensor Required(InferResponse response, string name)
    {
        var tensor = response.Output(name) ?? throw new ProtocolException($"it has no output '{name}'");
        TensorCoding.Check($"'{name}'", tensor.Parameters);
        return tensor;
    }
}
