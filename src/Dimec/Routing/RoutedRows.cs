namespace Dimec.Routing;

/// <summary>What a route did with every sample of a table, in the table's order.</summary>
/// <param name="Tiers">The tier that answered, from 0.</param>
/// <param name="Answers">The number of its answer, as <see cref="RouterTable.Answers"/> has it.</param>
/// <param name="Costs">What it cost.</param>
public sealed record RoutedRows(IReadOnlyList<int> Tiers, IReadOnlyList<int> Answers, IReadOnlyList<double> Costs)
{
    /// <summary>The mean cost of a sample.</summary>
    public double MeanCost => Costs.Average();

    /// <summary>For each sample, whether the answer is the true one.</summary>
    /// <param name="table">The labelled table that it ran over.</param>
    public bool[] Right(RouterTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. Answers.Select((answer, row) => answer == table.Gold[row])];
    }

    /// <summary>By tier, the share of samples that it answered.</summary>
    /// <param name="names">The tiers' names.</param>
    public IReadOnlyDictionary<string, double> Shares(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Index().ToDictionary(name => name.Item, name => Tiers.Count(tier => tier == name.Index) / (double)Tiers.Count);
    }
}
