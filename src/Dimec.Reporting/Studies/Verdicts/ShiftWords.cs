using Dimec.Studies;

namespace Dimec.Reporting.Studies;

/// <summary>How far the selection and the reported part are apart, in words.</summary>
internal static class ShiftWords
{
    /// <summary>What is less likely by chance than this counts as told apart.</summary>
    public const double Level = 0.05;

    public static string Of(IReadOnlyList<RunMeasures> runs)
    {
        var apart = runs.Count(run => run.Shift.PValue < Level);
        return apart == 0
            ? "without labels, the two parts are not told apart, so that it may be chance"
            : $"without labels, the two parts are told apart in {apart} of {runs.Count} seed{(runs.Count == 1 ? "" : "s")}, so that what is chosen on the one need not hold on the other";
    }
}
