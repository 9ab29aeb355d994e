using Dimec.Costs;

namespace Dimec.Studies.Sweeps;

/// <summary>
/// Cost structures around a given one: λ_mobile / λ_cloud and each tier's offloading cost, each over a decade and independently of each
/// other (method section 7). No claim about a policy rests on one point of it.
/// </summary>
public static class CostGrid
{
    /// <summary>Makes the grid: for T tiers steps^T structures (one axis for the ratio of λ, one for each o but the mobile's).</summary>
    /// <param name="centre">The structure around which the grid lies;
    /// its offloading costs and its λ of the last tier are the centre.</param>
    /// <param name="steps">The values on each axis, 2 … 20: factors from 10^−½ to 10^½, evenly in their logarithm.</param>
    /// <returns>The structures. λ of the tiers between the first and the last are spaced geometrically between these two.</returns>
    /// <exception cref="InputException">The steps are out of range.</exception>
    public static IReadOnlyList<CostStructure> Around(CostStructure centre, int steps = 6)
    {
        ArgumentNullException.ThrowIfNull(centre);
        if (steps is < 2 or > 20)
            throw new InputException("steps", $"are {steps}", "choose 2 … 20");
        double[] factors = [.. Enumerable.Range(0, steps).Select(i => Math.Pow(10, (i / (steps - 1.0)) - 0.5))];
        IEnumerable<double[]> axes = [[]];
        for (var axis = 0; axis < centre.Tiers.Count; axis++)
            axes = axes.SelectMany(chosen => factors.Select(factor => (double[])[.. chosen, factor]));
        return [.. axes.Select(chosen => Scaled(centre, chosen))];
    }

    private static CostStructure Scaled(CostStructure centre, double[] factors)
    {
        var last = centre.Tiers.Count - 1;
        var tiers = centre.Tiers.Select((tier, t) => tier with
        {
            Layer = centre.Tiers[^1].Layer * Math.Pow(factors[0], 1 - (t / (double)last)),
            Offload = t == 0 ? tier.Offload : tier.Offload * factors[t],
            HiddenState = t == 0 ? tier.HiddenState : tier.HiddenState * factors[t],
        });
        return new CostStructure(centre.Unit, [.. tiers], centre.Links);
    }
}
