using Dimec.Evaluation.Seeds;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>A claim that a study judges: so much saved at so small a drop.</summary>
/// <param name="Saved">The share of the cloud's cost that is saved at least.</param>
/// <param name="Drop">The drop that is had at most, a fraction.</param>
/// <param name="DropOf">Which of a policy's drops that is.</param>
internal sealed record StudyClaim(double Saved, double Drop, Func<SeedsRow, SeedMean> DropOf)
{
    /// <summary>
    /// The headline of DIMEC-DC (arXiv 2412.16616): on GLUE, cost falls by more than 43 % against the cloud while accuracy
    /// falls by less than half a point.
    /// </summary>
    public static readonly StudyClaim Paper = new(0.43, 0.005, row => row.Drop);

    /// <summary>What our own policies are held to: against the cloud stacked on exit 0, which is the better of the two.</summary>
    public static readonly StudyClaim Goal = new(0.75, 0.005, row => row.StackedDrop!);

    /// <summary>The layers of the paper's encoder, bert-base.</summary>
    public const int PaperLayers = 12;

    // A mean of the drop is a sum of counts over a count: half a point is met where it is met but for rounding.
    public const double Rounding = 1e-12;

    public ClaimStanding Of(SeedsRow row)
    {
        var (reduction, drop) = (row.Reduction.Interval, DropOf(row).Interval);
        if (Saves(row) && Keeps(row))
        {
            return reduction.Lower >= Saved - Rounding && drop.Upper <= Drop + Rounding
                ? ClaimStanding.Shown
                : ClaimStanding.OnAverage;
        }

        return reduction.Upper < Saved - Rounding || drop.Lower > Drop + Rounding
            ? ClaimStanding.RuledOut
            : ClaimStanding.NotMet;
    }

    /// <summary>True where enough is saved on average.</summary>
    public bool Saves(SeedsRow row) => row.Reduction.Mean >= Saved - Rounding;

    /// <summary>True where little enough is lost on average.</summary>
    public bool Keeps(SeedsRow row) => DropOf(row).Mean <= Drop + Rounding;
}
