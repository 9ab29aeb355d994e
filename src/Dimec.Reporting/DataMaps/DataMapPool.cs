using Dimec.Reporting.Drawing;

namespace Dimec.Reporting;

/// <summary>A pool as the map shows it.</summary>
/// <param name="Name">easy, medium (medium 1, 2, … where there are several) or hard.</param>
/// <param name="Tier">The tier it stands for; null where none is known.</param>
/// <param name="Rule">Its rule in words.</param>
/// <param name="Count">How many training samples are in it.</param>
/// <param name="Ink">Its colour.</param>
/// <param name="Accuracy">Mean correctness of its samples over epochs, 0 to 1; not a number where it is empty.</param>
internal sealed record DataMapPool(string Name, string? Tier, string Rule, int Count, Ink Ink, double Accuracy)
{
    public string Label => Tier is null ? Name : $"{Name} → {Tier}";

    /// <summary>The pools of a map, cheapest tier first; none where it has no thresholds.</summary>
    public static IReadOnlyList<DataMapPool> Of(DataMapInputs map)
    {
        if (map.Thresholds is not { } cuts)
            return [];
        var counts = new int[cuts.Tiers];
        var right = new long[cuts.Tiers];
        foreach (var sample in map.Samples)
        {
            var tier = cuts.TierOf(sample.Confidence, sample.Variability, map.HardRule);
            counts[tier]++;
            right[tier] += sample.Correctness;
        }

        return [.. counts.Select((count, tier) => new DataMapPool(
            NameOf(tier, cuts.Tiers), tier < map.Tiers.Count ? map.Tiers[tier] : null, RuleOf(tier, map),
            count, Palette.Tier(tier, cuts.Tiers), right[tier] / ((double)count * map.Epochs)))];
    }

    private static string NameOf(int tier, int tiers) =>
        tier == tiers - 1 ? "hard" : tier == 0 ? "easy" : tiers == 3 ? "medium" : $"medium {tier}";

    private static string RuleOf(int tier, DataMapInputs map)
    {
        var (alpha, betas) = map.Thresholds!;
        var corner = map.HardRule == Pools.HardRule.LowConfidenceAndVariability && betas.Count > 0;
        if (tier == betas.Count + 1)
            return corner ? $"μ < {Cut(alpha)} and σ ≤ {Cut(betas[0])}" : $"μ < {Cut(alpha)}";
        List<string> parts = corner && tier > 0 ? [] : [$"μ ≥ {Cut(alpha)}"];
        if (tier > 0)
            parts.Add($"σ > {Cut(betas[tier - 1])}");
        if (tier < betas.Count)
            parts.Add($"σ ≤ {Cut(betas[tier])}");
        return string.Join(" and ", parts);
    }

    private static string Cut(double value) => Formatting.Number(value, 3);
}
