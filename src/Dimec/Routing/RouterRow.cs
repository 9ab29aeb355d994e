using Dimec.Evaluation;
using Dimec.Statistics;

namespace Dimec.Routing;

/// <summary>What a route did with the samples of a table.</summary>
/// <param name="Name">The tier's name, or the policy's.</param>
/// <param name="N">The number of samples.</param>
/// <param name="Accuracy">The share of right answers (Clopper–Pearson); null where it is not known who is right.</param>
/// <param name="Drop">
/// Accuracy of the strong tier − accuracy on the same samples (a paired bootstrap of 10,000 draws, or exact below 10 disagreements; 0 to 0
/// for the strong tier); null where it is not known who is right.
/// </param>
/// <param name="Cost">The mean cost of a sample.</param>
/// <param name="Reduction">1 − Σ cost / Σ cost of the strong tier.</param>
/// <param name="Shares">By tier, the share of samples that it answered.</param>
public sealed record RouterRow(
    string Name, int N, Estimate? Accuracy, Estimate? Drop, double Cost, double Reduction, IReadOnlyDictionary<string, double> Shares)
{
    /// <summary>Has a route answer samples.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="route">The route.</param>
    /// <param name="table">The samples.</param>
    public static RouterRow Of(string name, ScoreRoute route, RouterTable table)
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(table);
        var run = route.Run(table);
        var strong = table.Tiers.Count - 1;
        var row = new RouterRow(
            name, table.Count, null, null, run.MeanCost, 1 - (run.MeanCost / table.MeanCost(strong)), run.Shares(table.Tiers));
        return table.IsLabelled ? row.Measured(run.Right(table), ScoreRoute.Single(route.Higher, strong).Run(table).Right(table)) : row;
    }

    private RouterRow Measured(bool[] right, bool[] strong)
    {
        var (count, strongCount) = (right.Count(isRight => isRight), strong.Count(isRight => isRight));
        // Of one true class, since a table's answers need not be classes.
        var interval = right.SequenceEqual(strong) ? default : PairedDrop.Interval(right, strong, new int[N]);
        return this with
        {
            Accuracy = new Estimate(count / (double)N, Binomial.ClopperPearson(count, N, confidence: 0.95)),
            Drop = new Estimate((strongCount - count) / (double)N, interval),
        };
    }
}
