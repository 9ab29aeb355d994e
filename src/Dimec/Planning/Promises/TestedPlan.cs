namespace Dimec.Planning.Promises;

/// <summary>What a plan does on the part that it is tested on.</summary>
/// <param name="Losses">Its losses, one a claim.</param>
/// <param name="MeanCost">The mean cost of a sample, in the costs' unit.</param>
internal sealed record TestedPlan(ClaimLosses[] Losses, double MeanCost);
