using Dimec.Costs;

namespace Dimec.Reporting.Studies;

/// <summary>
/// Where a cost structure stands on the map: a panel for each λ of the first tier against the last, o of the tier after the first across, o
/// of the last up. Two tiers make one panel, with that ratio of λ across.
/// </summary>
/// <param name="Panel">The value that the panel stands for.</param>
/// <param name="Across">The value across.</param>
/// <param name="Up">The value up.</param>
internal readonly record struct SweepPlace(double Panel, double Across, double Up)
{
    public static SweepPlace Of(CostStructure costs)
    {
        var ratio = Rounded(costs.Tiers[0].Layer / costs.Tiers[^1].Layer);
        var up = Rounded(costs.Tiers[^1].Offload);
        return costs.Tiers.Count == 2 ? new SweepPlace(0, ratio, up) : new SweepPlace(ratio, Rounded(costs.Tiers[1].Offload), up);
    }

    /// <summary>What the panel stands for; empty where there is one only.</summary>
    public static string PanelName(CostStructure costs, double value) =>
        costs.Tiers.Count == 2 ? "" : $"λ ratio {Formatting.Cost(value, "")}";

    /// <summary>What is across.</summary>
    public static string AcrossName(CostStructure costs) => costs.Tiers.Count == 2 ? "λ ratio →" : $"o {costs.Tiers[1].Name} →";

    // The same value comes out of different products a few bits apart.
    private static double Rounded(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
