using Dimec.Reporting.Studies.Verdicts;
using Dimec.Studies.Measures;

namespace Dimec.Reporting.Studies;

/// <summary>How far the selection and the reported part are apart, in words.</summary>
internal static class ShiftWords
{
    /// <summary>What is less likely by chance than this counts as told apart.</summary>
    public const double Level = 0.05;

    public static string Of(IReadOnlyList<RunMeasures> runs)
    {
        var apart = runs.Count(run => run.Shift.PValue < Level);
        if (apart == 0)
            return VerdictSentences.ShiftNotShown;
        return runs.Count == 1
            ? VerdictSentences.FormatShiftInOneSeed(apart: apart, seeds: runs.Count)
            : VerdictSentences.FormatShiftInSeeds(apart: apart, seeds: runs.Count);
    }
}
