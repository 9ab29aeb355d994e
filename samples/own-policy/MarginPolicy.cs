using Dimec.Policies;
using Dimec.Predictions;

namespace OwnPolicy;

/// <summary>
/// A cascade by the margin between the two likeliest classes: tier 0 runs first, and a tier answers where p₁ − p₂ at its exit is at least
/// the threshold; else the next one starts over. The last always answers.
/// </summary>
/// <param name="threshold">The least margin, 0 … 1.</param>
/// <param name="last">The last tier's place.</param>
public sealed class MarginPolicy(double threshold, int last) : IPolicy
{
    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits.IsEmpty)
            return PolicyStep.RunOn(0);
        var visit = state.Visits[^1];
        return visit.Tier == last || Margin(visit.Logits.Span) >= threshold ? PolicyStep.Answer : PolicyStep.RunOn(visit.Tier + 1);
    }

    /// <summary>What the decision rests on, so that an evaluation can say how well it tells right answers from wrong ones.</summary>
    public double? Trust(int tier, in PolicyState state) => Margin(state.Visits[^1].Logits.Span);

    /// <summary>p₁ − p₂ of an exit.</summary>
    public static double Margin(ReadOnlySpan<float> logits)
    {
        var probabilities = new float[logits.Length];
        Softmax.Probabilities(logits, probabilities);
        Array.Sort(probabilities);
        return probabilities[^1] - probabilities[^2];
    }
}
