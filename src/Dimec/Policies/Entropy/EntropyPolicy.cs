using Dimec.Predictions;

namespace Dimec.Policies.Entropy;

/// <summary>
/// DeeBERT's rule: tier 0 runs first; where the entropy H = −Σ p ln p of its exit (in nats) is below one threshold for all exits it
/// answers, else the next tier starts over, and so on; the last one always answers. Every tier visited is paid.
/// </summary>
/// <param name="threshold">S, in nats.</param>
/// <param name="last">The last tier's place.</param>
internal sealed class EntropyPolicy(double threshold, int last) : IPolicy
{
    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits.IsEmpty)
            return PolicyStep.RunOn(0);
        var visit = state.Visits[^1];
        return visit.Tier == last || Softmax.Entropy(visit.Logits.Span) < threshold ? PolicyStep.Answer : PolicyStep.RunOn(visit.Tier + 1);
    }

    public double? Trust(int tier, in PolicyState state) => -Softmax.Entropy(state.Visits[^1].Logits.Span);
}
