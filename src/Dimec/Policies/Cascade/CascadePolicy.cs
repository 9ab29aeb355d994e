namespace Dimec.Policies.Cascade;

/// <summary>
/// The confidence cascade: tier 0 runs first; where its confidence max softmax(z) is at least its threshold it answers, else the next
/// tier starts over from the text, and so on; the last one always answers. Every tier visited is paid: Σ (λ_t · d_t + o_t).
/// </summary>
/// <param name="thresholds">One for each tier but the last.</param>
internal sealed class CascadePolicy(IReadOnlyList<double> thresholds) : IPolicy
{
    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits.IsEmpty)
            return PolicyStep.RunOn(0);
        var last = state.Visits[^1];
        return last.Tier == thresholds.Count || last.Confidence >= thresholds[last.Tier]
            ? PolicyStep.Answer
            : PolicyStep.RunOn(last.Tier + 1);
    }

    public double? Trust(int tier, in PolicyState state) => state.Visits[^1].Confidence;
}
