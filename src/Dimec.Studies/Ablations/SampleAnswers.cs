using Dimec.Evaluation.Routers;

namespace Dimec.Studies.Ablations;

/// <summary>What a plan did with every sample of the reported part, in the part's order.</summary>
/// <param name="Costs">What it cost, all work on the way included.</param>
/// <param name="Right">Whether the answer is the true class.</param>
/// <param name="Area">The area under the policy's frontier on the reported part, see <see cref="FrontierArea"/>:
/// of the points that no other beats on selection.</param>
/// <param name="IsDefaultPlan">True where the plan does with all samples what the default's does (pools by the same centroids to the last
/// number or by one and the same tier, others by the same parameters), so that there is nothing to compare.</param>
public sealed record SampleAnswers(IReadOnlyList<double> Costs, IReadOnlyList<bool> Right, double Area, bool IsDefaultPlan);
