namespace Dimec.Policies.Cascade;

/// <summary>What a cascade does on a part, whatever its tiers cost.</summary>
/// <param name="Thresholds">One for each tier but the last.</param>
/// <param name="Answered">By tier, how many samples it answers.</param>
/// <param name="Right">How many of all are answered right.</param>
internal sealed record CascadeCount(double[] Thresholds, int[] Answered, int Right);
