using Dimec.Predictions;
using Dimec.Routing.Tables;

namespace Dimec.Routing;

/// <summary>
/// What a router between models recorded, a sample a row: its score, and of every tier (a model that may answer) whether it is right and
/// what it costs. Nothing else is known of the tiers: neither exits nor logits.
/// </summary>
public sealed class RouterTable
{
    private readonly int[][] _answers;
    private readonly double[][] _costs;

    internal RouterTable(
        string name, IReadOnlyList<string> tiers, string[] ids, double[] scores, int[] gold, int[][] answers, double[][] costs,
        string[]? parts) =>
        (Name, Tiers, Ids, Scores, Gold, _answers, _costs, Parts) = (name, tiers, ids, scores, gold, answers, costs, parts);

    /// <summary>How sentences name it: its file.</summary>
    public string Name { get; }

    /// <summary>The tiers' names, from the cheapest to the dearest by mean cost; the last is the strong one, the first the weak.</summary>
    public IReadOnlyList<string> Tiers { get; }

    /// <summary>The samples' ids, each once.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The router's score of each sample, finite.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>By sample, the number of the true answer, from 0; −1 where no answer is known to be right.</summary>
    public IReadOnlyList<int> Gold { get; }

    /// <summary>By sample, the part it belongs to (<see cref="PartNames"/>); null where the table names none.</summary>
    public IReadOnlyList<string>? Parts { get; }

    /// <summary>The number of samples, at least one.</summary>
    public int Count => Ids.Count;

    /// <summary>Whether it is known who is right.</summary>
    public bool IsLabelled => Gold[0] >= 0;

    /// <summary>
    /// By sample, the number of a tier's answer: two are the same where the answers are. Of a table that knows no more than who is right,
    /// wrong answers count as different ones.
    /// </summary>
    /// <param name="tier">The tier, from 0.</param>
    public IReadOnlyList<int> Answers(int tier) => _answers[tier];

    /// <summary>By sample, what a tier costs, 0 or more, in the table's unit.</summary>
    /// <param name="tier">The tier, from 0.</param>
    public IReadOnlyList<double> Costs(int tier) => _costs[tier];

    /// <summary>The mean cost of a sample that a tier answers.</summary>
    /// <param name="tier">The tier, from 0.</param>
    public double MeanCost(int tier) => _costs[tier].Average();

    /// <summary>Reads a file with the ending .csv, .tsv or .jsonl.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It cannot be read, or is malformed: all that is wrong with it.</exception>
    public static RouterTable Read(string path) => RouterTableReader.Read(path);

    /// <summary>Whether a name is a table's, by its ending.</summary>
    /// <param name="path">The name.</param>
    public static bool IsNamed(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TableRows.FormatOf(path) is not null;
    }

    /// <summary>The samples of a part, or all where the table names no parts.</summary>
    /// <param name="part">One of <see cref="PartNames"/>.</param>
    /// <exception cref="InputException">The table names parts, and none of its samples is of this one.</exception>
    public RouterTable Part(string part)
    {
        if (Parts is null)
            return this;
        int[] rows = [.. Enumerable.Range(0, Count).Where(row => Parts[row] == part)];
        if (rows.Length == 0)
        {
            throw new InputException(
                $"{Name} column \"part\"", $"has no row of '{part}'", $"mark rows as {part}, or leave the column out to use all of them");
        }

        return new RouterTable(
            Name, Tiers, Of(Ids, rows), Of(Scores, rows), Of(Gold, rows), [.. _answers.Select(tier => Of(tier, rows))],
            [.. _costs.Select(tier => Of(tier, rows))], Of(Parts, rows));
    }

    private static T[] Of<T>(IReadOnlyList<T> values, int[] rows) => [.. rows.Select(row => values[row])];
}
