using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>
/// Decides, step by step, where a sample is processed. The same object runs offline over recorded exits, in the client and in a
/// server: it is asked for the next step, gets back what the tier said, and is asked again until it says that the last visit answers.
/// Implementations are immutable and safe for concurrent use.
/// </summary>
public interface IPolicy
{
    /// <summary>What the policy asks for of a sample, beside what the exits say.</summary>
    PolicyNeeds Needs => PolicyNeeds.None;

    /// <summary>The next step for a sample.</summary>
    /// <param name="state">What is known of the sample so far. In the first call no tier has been visited; a policy that asks for exit 0
    /// finds it there as the first visit.</param>
    PolicyStep Next(in PolicyState state);

    /// <summary>
    /// The answer to a sample, once <see cref="Next"/> says that there is one: the last visit's, unless visits are combined.
    /// </summary>
    /// <param name="state">What is known of the sample.</param>
    ExitAnswer Answer(in PolicyState state) => state.Visits[^1].Answer;

    /// <summary>
    /// How much the policy trusts a tier with a sample, on a scale of its own: what its decision rests on. Evaluations say how well it
    /// tells the samples that the tier gets right from the others; no decision is made by it.
    /// </summary>
    /// <param name="tier">The tier's place among the tiers, from 0.</param>
    /// <param name="state">The sample, with every exit of the tier up to its own, in order;
    /// a policy that routes before any layer has run looks at e(x) alone.</param>
    /// <returns>The higher the surer; null where the policy has no opinion.</returns>
    double? Trust(int tier, in PolicyState state) => null;
}
