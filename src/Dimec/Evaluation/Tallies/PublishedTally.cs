namespace Dimec.Evaluation.Tallies;

/// <summary>
/// Published ways of counting what a policy costs, in which not all work is charged; never what an evaluation itself reports.
/// </summary>
public enum PublishedTally
{
    /// <summary>None: all work is charged.</summary>
    None,

    /// <summary>SplitEE's and SplitEE-S's, see <see cref="SplitTally"/>.</summary>
    Splitee,
}
