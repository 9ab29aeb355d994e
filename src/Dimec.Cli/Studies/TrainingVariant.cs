using Dimec.Costs;
using Dimec.Training;

namespace Dimec.Cli.Studies;

/// <summary>Another way to train, as a switch of an ablation.</summary>
/// <param name="Name">What its folder is called.</param>
/// <param name="Choice">The tool's option that it stands for, at the first set of depths.</param>
/// <param name="Apply">Arguments in which the choice is made and all else is as it was.</param>
/// <param name="Work">How much longer it takes than the study's own way, about.</param>
internal sealed record TrainingVariant(string Name, Func<CostStructure, string> Choice, Func<TrainingArguments, CostStructure, TrainingArguments> Apply, double Work)
{
    /// <summary>Every choice of training that an ablation looks at. A new one is one entry here.</summary>
    public static IReadOnlyList<TrainingVariant> All { get; } =
    [
        new("frozen", _ => "--exits-training frozen", (arguments, _) => arguments with { ExitsTraining = ExitsTraining.Frozen }, 1.4),
        new("distilled", _ => "--distill 1", (arguments, _) => arguments with { Distill = 1 }, 1),
        new("tier-exits", costs => $"--exits {string.Join(',', Depths(costs))}", (arguments, costs) => arguments with { Exits = [.. Depths(costs)] }, 1),
    ];

    private static IEnumerable<int> Depths(CostStructure costs) => costs.Tiers.Select(tier => tier.Depth);
}
