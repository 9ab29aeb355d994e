using Dimec.Evaluation;
using Dimec.Planning;

namespace Dimec.Reporting;

/// <summary>All that a report shows. What is null or empty leaves its section out.</summary>
public sealed record ReportInputs
{
    /// <summary>The report's heading.</summary>
    public required string Title { get; init; }

    /// <summary>The task and its data.</summary>
    public required TaskSummary Task { get; init; }

    /// <summary>The evaluations, the default cost structure first: its figures make the headline. At least one.</summary>
    public required IReadOnlyList<ReportEvaluation> Evaluations { get; init; }

    /// <summary>The plan that was chosen; its policy is a row of every evaluation. Null where the report compares only.</summary>
    public Plan? Plan { get; init; }

    /// <summary>
    /// The largest drop that was asked for, 0.005 is half a point; null where none was. Used where the plan carries no promise.
    /// </summary>
    public double? MaxDrop { get; init; }

    /// <summary>
    /// The row of the plan that is allowed the drop which <see cref="Plan"/> promises, and promises nothing, at the first evaluation's
    /// costs and on its part; null where nothing is promised.
    /// </summary>
    public PolicyEvaluation? Unpromised { get; init; }

    /// <summary>The exits as exported, beside those that were trained; null where nobody recorded them.</summary>
    public ExportedSummary? Exported { get; init; }

    /// <summary>The training.</summary>
    public TrainingSummary? Training { get; init; }

    /// <summary>The data map.</summary>
    public DataMapInputs? DataMap { get; init; }

    /// <summary>The check of the running tiers against the offline evaluation.</summary>
    public ServedCheck? Served { get; init; }

    /// <summary>How the report was made.</summary>
    public required Provenance Provenance { get; init; }
}
