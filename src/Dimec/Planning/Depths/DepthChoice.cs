namespace Dimec.Planning.Depths;

/// <summary>What planning came to at one set of depths.</summary>
/// <param name="Depths">The tiers' depths in layers, ascending.</param>
/// <param name="Outcome">The plan, or why there is none.</param>
public sealed record DepthChoice(IReadOnlyList<int> Depths, PlanOutcome Outcome);
