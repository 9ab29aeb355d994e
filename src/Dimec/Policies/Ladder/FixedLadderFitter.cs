using Dimec.Costs;
using Dimec.Exits.Stacking;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Ladder;

/// <summary>What all fitters of ladders that begin with exit 0 and have one shape share.</summary>
/// <param name="name">The policy's name.</param>
/// <param name="kind">The part that it plays in comparisons.</param>
internal abstract class FixedLadderFitter(string name, PolicyKind kind) : PolicyFitter<LadderParameters>(new LadderFactory(name, kind))
{
    public override InputError? Lack(PolicyFitting fitting) => fitting.Selection.HasExitZero ? null : new InputError(
        $"predictions/{fitting.Selection.Part}.jsonl", $"has no exit 0, which '{Policy.Name}' asks for", "record it with every sample");

    /// <summary>Exit 0 as it is.</summary>
    /// <param name="threshold">From which confidence on it answers.</param>
    protected static LadderStop ExitZero(double threshold) => new(0, 0, WorkStart.Here, threshold, StackedExit.Plain([0]));

    /// <summary>The last tier, from the text on.</summary>
    /// <param name="costs">The costs.</param>
    /// <param name="stacked">Its exit, stacked or not.</param>
    protected static LadderStop Cloud(CostStructure costs, StackedExit stacked) =>
        new(costs.Tiers[^1].Depth, costs.Tiers.Count - 1, WorkStart.Text, 0, stacked);
}
