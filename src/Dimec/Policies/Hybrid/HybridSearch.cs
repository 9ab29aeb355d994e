using Dimec.Policies.Fitting;
using Dimec.Policies.Ladder;

namespace Dimec.Policies.Hybrid;

/// <summary>
/// Finds the hybrid policies that no other beats in both accuracy and cost on the selection part: of every path of up to
/// <see cref="MostLayers"/> exits of layers after exit 0, every route over the tiers that can be cheapest, a grid of prices and a grid of
/// thresholds. What it misses is what lies between the grids, longer paths, and, of deep models, exits that are no tier's.
/// </summary>
internal sealed class HybridSearch
{
    /// <summary>The most exits of layers on a path.</summary>
    public const int MostLayers = 3;

    /// <summary>Where more exits were recorded, only those at the tiers' depths are looked at.</summary>
    public const int MostExits = 8;

    /// <summary>Thresholds are searched over no more quantiles than these.</summary>
    private const int MostLevels = 10;

    /// <summary>Of the grid of prices every so-manieth is tried.</summary>
    private const int PriceStep = 4;

    private readonly PolicyFitting _fitting;
    private readonly HybridModels _models;
    private readonly IReadOnlyList<HybridStops> _paths;
    private readonly double[] _prices;

    public HybridSearch(PolicyFitting fitting)
    {
        _fitting = fitting;
        var (layers, levels) = (Layers(fitting), Math.Min(fitting.Options.GridLevels, MostLevels));
        var key = (nameof(HybridSearch), fitting.Selection, fitting.Wanted, fitting.Options.Stack, fitting.Options.Entry, fitting.Training,
            string.Join(',', layers));
        _models = fitting.Memory.GetOrAdd(key, () => new HybridModels(fitting, layers));
        _paths = fitting.Memory.GetOrAdd((key, levels), () => (IReadOnlyList<HybridStops>)[.. LadderPath.All(layers, exitZero: true)
            .Where(path => path.Exits.Count is > 1 and <= MostLayers + 1)
            .Select(path => new HybridStops(path, _models, fitting.Wanted, levels))]);
        _prices = [.. fitting.Options.RewardWeights.Where((_, place) => place % PriceStep == 0)
            .Select(weight => weight / fitting.Costs.Cloud)];
    }

    /// <summary>The exits of layers that a path may have, ascending.</summary>
    /// <param name="fitting">What is fitted on.</param>
    public static IReadOnlyList<int> Layers(PolicyFitting fitting)
    {
        int[] all = [.. fitting.Selection.Exits.Where(exit => exit <= fitting.Costs.Tiers[^1].Depth)];
        return all.Length <= MostExits ? all : [.. all.Intersect(fitting.Costs.Tiers.Select(tier => tier.Depth))];
    }

    /// <summary>The policies of the front, cheapest first.</summary>
    public IReadOnlyList<FittedCandidate> Front()
    {
        var best = new HybridFound?[_fitting.Selection.Count + 1];
        var room = new HybridRoom(_fitting.Selection.Count);
        foreach (var stops in _paths)
        {
            foreach (var route in LadderRoute.Of(stops.Path, _fitting.Costs, _fitting.Options.Resume))
            {
                foreach (var price in _prices)
                    stops.Look(route, _fitting.Costs, price, room, best);
            }
        }

        var front = new List<FittedCandidate>();
        var least = double.PositiveInfinity;
        for (var right = best.Length - 1; right >= 0; right--)
        {
            if (best[right] is not { } found || found.Cost >= least)
                continue;
            least = found.Cost;
            front.Add(found.Candidate(_fitting, _models.Map));
        }

        front.Reverse();
        return front;
    }
}
