using Dimec.Costs;
using Dimec.Exits.Stacking;

namespace Dimec.Policies.Ladder;

/// <summary>A rung of a ladder: an exit that is looked at, where, and how sure it has to be to answer.</summary>
/// <param name="Exit">The exit's layer; 0 for exit 0.</param>
/// <param name="Tier">The place of the tier that runs it.</param>
/// <param name="Start">What the tier begins with where it has not run the sample before: the text or the last stop's hidden state.</param>
/// <param name="Threshold">The least confidence, or learned score, with which it answers; the last stop answers whatever this says.</param>
/// <param name="Stacked">The exit combined with those passed before.</param>
internal sealed record LadderStop(int Exit, int Tier, WorkStart Start, double Threshold, StackedExit Stacked)
{
    /// <summary>What the threshold cuts; null for the stacked confidence.</summary>
    public LearnedScore? Score { get; init; }
}
