namespace Dimec.Routing;

/// <summary>Who answers a sample by its score alone: thresholds cut the scores, and each stretch between them is a tier's.</summary>
/// <param name="Higher">What a high score means.</param>
/// <param name="Tiers">The tiers that answer, from the weakest to the strongest, by their places in the table; at least one.</param>
/// <param name="Thresholds">
/// One fewer than tiers: from each on, the next tier answers. They ascend where a high score needs the strong tier, else they descend.
/// </param>
public sealed record ScoreRoute(ScoreDirection Higher, IReadOnlyList<int> Tiers, IReadOnlyList<double> Thresholds)
{
    /// <summary>The route that leaves everything to one tier.</summary>
    /// <param name="higher">What a high score means.</param>
    /// <param name="tier">The tier.</param>
    public static ScoreRoute Single(ScoreDirection higher, int tier) => new(higher, [tier], []);

    /// <summary>The tier that answers a sample.</summary>
    /// <param name="score">The router's score of it.</param>
    public int TierOf(double score)
    {
        var passed = 0;
        while (passed < Thresholds.Count && (Higher == ScoreDirection.Strong ? score >= Thresholds[passed] : score <= Thresholds[passed]))
            passed++;
        return Tiers[passed];
    }

    /// <summary>What it does with the samples of a table.</summary>
    /// <param name="table">A table with these tiers.</param>
    public RoutedRows Run(RouterTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        int[] tiers = [.. table.Scores.Select(TierOf)];
        return new RoutedRows(
            tiers, [.. tiers.Select((tier, row) => table.Answers(tier)[row])], [.. tiers.Select((tier, row) => table.Costs(tier)[row])]);
    }
}
