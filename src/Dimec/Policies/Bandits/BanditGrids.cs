using Dimec.Policies.Fitting;

namespace Dimec.Policies.Bandits;

/// <summary>What the bandits have in common: their grids, and which settings are worth keeping.</summary>
internal static class BanditGrids
{
    /// <summary>CeeBERT's arms, and the thresholds that are tried for SplitEE, which takes its one from a validation part.</summary>
    public static IReadOnlyList<double> Thresholds { get; } = [.. Enumerable.Range(10, 10).Select(i => i / 20.0)];

    /// <summary>The weights μ_c that are tried: every fourth of the grid, the first and the last among them.</summary>
    public static IEnumerable<double> Weights(PolicyFitting fitting)
    {
        var grid = fitting.Options.RewardWeights;
        return grid.Where((_, i) => i % 4 == 0 || i == grid.Count - 1).Select(weight => weight / fitting.Costs.Cloud);
    }

    /// <summary>The settings that no other beats in both cost and accuracy on the selection part, cheapest first.</summary>
    public static IReadOnlyList<FittedCandidate> Best(
        IEnumerable<(PolicyParameters Parameters, BanditPlay Play)> candidates, PolicyFitting fitting) =>
            [.. ParetoFront.Of(candidates.Select(candidate => (candidate, candidate.Play.Cost, candidate.Play.Right(fitting.Selection))))
                .Select(candidate => new FittedCandidate(candidate.Parameters, candidate.Play.Of(fitting)))];

    /// <summary>The mean of several runs, round by round.</summary>
    public static double[] Mean(int runs, Func<int, double[]> run)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        double[][] all = [.. Enumerable.Range(0, runs).Select(run)];
        return [.. Enumerable.Range(0, all[0].Length).Select(t => all.Average(one => one[t]))];
    }
}
