using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Evaluation.Seeds;

namespace Dimec.Studies.Ablations;

/// <summary>What every open choice of planning is worth, over one seed or several.</summary>
/// <param name="Part">The reported part.</param>
/// <param name="N">Its number of samples.</param>
/// <param name="Seeds">How many runs, that is seeds, stand behind it.</param>
/// <param name="Costs">The costs.</param>
/// <param name="MaxDrop">The drop on the selection part that plans were allowed.</param>
/// <param name="Rows">A row a choice, in the order of <see cref="PlanSwitches"/>.</param>
public sealed record AblationTable(string Part, int N, int Seeds, CostStructure Costs, double MaxDrop, IReadOnlyList<AblationRow> Rows)
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>
    /// Makes the figures. Intervals are 95 %, over seeds and samples, stratified by class (<see cref="SeedMean"/>); those of accuracies are
    /// exact below 10 samples that differ in being right (method section 7), and 0 to 0 for a plan that sends all samples as the default
    /// does. Each run's plans are taken as they are: that another selection part could have led to other plans
    /// shows over several seeds alone.
    /// </summary>
    /// <param name="runs">The runs of one task, a seed each; at least one.</param>
    /// <param name="options">The draws of the bootstrap and their seed.</param>
    /// <exception cref="InputException">The runs are of other samples, costs or an other allowed drop.</exception>
    public static AblationTable Of(IReadOnlyList<AblationRun> runs, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        InputErrors.Check(options.Validate);
        var first = runs[0];
        foreach (var other in runs.Skip(1))
            RequireSame(first, other);
        var choices = runs.SelectMany(run => run.Choices).Select(choice => (choice.Switch, choice.Choice)).Distinct();
        return new AblationTable(
            first.Part, first.Gold.Count, runs.Count, first.Costs, first.MaxDrop,
            [.. choices.Select(choice => SeedRow.Of(choice.Switch, choice.Choice, runs, options))]);
    }

    /// <summary>Reads a table.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static AblationTable Read(Stream stream, string where) => AblationTableJson.Read(stream, where);

    /// <summary>Writes the table as JSON.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => AblationTableJson.Write(this, stream);

    private static void RequireSame(AblationRun first, AblationRun other)
    {
        const string Fix = "combine runs of one task at one cost structure and one allowed drop";
        var errors = new InputErrors();
        if (first.Part != other.Part || first.Samples != other.Samples || !first.Gold.SequenceEqual(other.Gold))
            errors.Add("ablation runs", "are of other samples, or in another order", Fix);
        if (first.Costs.Unit != other.Costs.Unit || !first.Costs.Tiers.SequenceEqual(other.Costs.Tiers))
            errors.Add("ablation runs", "are at other costs", Fix);
        if (first.MaxDrop != other.MaxDrop)
            errors.Add("ablation runs", FormattableString.Invariant($"were allowed drops of {first.MaxDrop} and {other.MaxDrop}"), Fix);
        errors.ThrowIfAny();
    }
}
