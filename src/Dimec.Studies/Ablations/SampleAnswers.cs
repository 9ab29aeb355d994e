using Dimec.Evaluation.Routers;

namespace Dimec.Studies.Ablations;

/// <summary>What a plan did with every sample of the reported part, in the part's order.</summary>
/// <param name="Tiers">The tier that answered, from 0.</param>
/// <param name="Right">Whether the answer is the true class.</param>
/// <param name="Area">The area under the policy's frontier on the reported part, see <see cref="FrontierArea"/>:
/// of the points that no other beats on selection.</param>
/// <param name="IsDefaultPlan">True where the plan sends all samples as the default does, by the same centroids to the last number or to
/// one and the same tier, so that there is nothing to compare.</param>
public sealed record SampleAnswers(IReadOnlyList<int> Tiers, IReadOnlyList<bool> Right, double Area, bool IsDefaultPlan);
