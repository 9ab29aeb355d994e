using Dimec.Bundles;
using Dimec.Planning;

namespace Dimec.Export;

/// <summary>The stretches of layers that a plan has tiers run, beside the whole of their layers.</summary>
internal static class PlannedStretches
{
    /// <summary>The stretches, in the order of their layers, each with the names of the tiers that may be asked for it.</summary>
    public static IReadOnlyList<(LayerStretch Layers, IReadOnlyList<string> Tiers)> Of(Plan plan) =>
        [.. plan.Works
            .Where(work => work.To > 0 && (work.From, work.To) != (0, plan.Costs.Tiers[work.Tier].Depth))
            .GroupBy(work => new LayerStretch(work.From, work.To))
            .OrderBy(group => (group.Key.From, group.Key.To))
            .Select(group => (group.Key, (IReadOnlyList<string>)
                [.. group.Select(work => work.Tier).Distinct().Order().Select(tier => plan.Costs.Tiers[tier].Name)]))];
}
