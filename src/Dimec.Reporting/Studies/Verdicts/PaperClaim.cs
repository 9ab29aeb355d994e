using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>
/// The headline of DIMEC-DC (arXiv 2412.16616): on GLUE, cost falls by more than 43 % against the cloud while accuracy
/// falls by less than half a point.
/// </summary>
internal static class PaperClaim
{
    public const double Saved = 0.43;
    public const double Drop = 0.005;

    /// <summary>The layers of the paper's encoder, bert-base.</summary>
    public const int Layers = 12;

    // A mean of the drop is a sum of counts over a count: half a point is met where it is met but for rounding.
    public const double Rounding = 1e-12;

    public static ClaimStanding Of(SeedsRow row)
    {
        if (Saves(row) && Keeps(row))
        {
            return row.Reduction.Interval.Lower >= Saved - Rounding && row.Drop.Interval.Upper <= Drop + Rounding
                ? ClaimStanding.Shown
                : ClaimStanding.OnAverage;
        }

        return row.Reduction.Interval.Upper < Saved - Rounding || row.Drop.Interval.Lower > Drop + Rounding
            ? ClaimStanding.RuledOut
            : ClaimStanding.NotMet;
    }

    /// <summary>True where enough is saved on average.</summary>
    public static bool Saves(SeedsRow row) => row.Reduction.Mean >= Saved - Rounding;

    /// <summary>True where little enough is lost on average.</summary>
    public static bool Keeps(SeedsRow row) => row.Drop.Mean <= Drop + Rounding;
}
