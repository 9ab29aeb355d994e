using System.Globalization;
using Dimec.Costs;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Ladder;

/// <summary>Fits <see cref="LadderPolicy"/>: paths, routes and thresholds searched together.</summary>
internal sealed class LadderFitter() : SearchFitter<LadderParameters>(new LadderFactory(LadderFactory.Ladder, PolicyKind.Contender))
{
    /// <summary>Plans that cost less than half a percent of the cloud more or less are not told apart.</summary>
    private const int CostLevels = 200;

    public override string Source => "Exit 0, exits within tiers, stacked confidences and resuming (method section 9).";

    public override IReadOnlyList<FittedCandidate> Candidates(PolicyFitting fitting) =>
        fitting.CostLevels > 0 ? LadderLevels.Of(fitting, fitting.CostLevels, fitting.Wanted)
        : fitting.Options.Thresholds == ThresholdSearch.Grid ? new LadderSearch(fitting).Front()
        : LadderLevels.Of(fitting, CostLevels, wanted: null);

    public override bool IsLastTier(LadderParameters parameters, CostStructure costs) =>
        parameters.Stops is [{ Tier: var tier, Exit: > 0 }] && tier == costs.Tiers.Count - 1;

    public override IEnumerable<string> SearchNotes(PolicyFitting fitting)
    {
        if (fitting.Options.Thresholds == ThresholdSearch.Grid
            && new LadderSearch(fitting).Levels is var levels && levels < fitting.Options.GridLevels)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The ladder's thresholds were searched at {levels + 1} quantiles each and not at {fitting.Options.GridLevels + 1}, "
                + $"so that there are at most {LadderSearch.MostCombinations:#,0} combinations: a better one may lie between.");
        }
    }
}
