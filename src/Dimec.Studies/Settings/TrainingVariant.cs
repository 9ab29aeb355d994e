using Dimec.Costs;

namespace Dimec.Studies.Settings;

/// <summary>Another way to train, as a switch of an ablation.</summary>
/// <param name="Name">What its folder is called, and what a trainer knows it by.</param>
/// <param name="Choice">The tool's option that it stands for, at the first set of depths.</param>
/// <param name="Work">How much longer it takes than the study's own way, about.</param>
public sealed record TrainingVariant(string Name, Func<CostStructure, string> Choice, double Work)
{
    /// <summary>The exits below the last are trained on a frozen encoder.</summary>
    public static readonly TrainingVariant Frozen = new("frozen", _ => "--exits-training frozen", 1.4);

    /// <summary>The exits below the last are trained in every other step.</summary>
    public static readonly TrainingVariant Alternating = new("alternating", _ => "--exits-training alternating", 1);

    /// <summary>The last exit is distilled into those below it.</summary>
    public static readonly TrainingVariant Distilled = new("distilled", _ => "--distill 1", 1);

    /// <summary>Only the tiers' own layers get an exit.</summary>
    public static readonly TrainingVariant TierExits = new(
        "tier-exits", costs => $"--exits {string.Join(',', costs.Tiers.Select(tier => tier.Depth))}", 1);

    /// <summary>Every choice of training that an ablation looks at.</summary>
    public static IReadOnlyList<TrainingVariant> All { get; } = [Frozen, Alternating, Distilled, TierExits];
}
