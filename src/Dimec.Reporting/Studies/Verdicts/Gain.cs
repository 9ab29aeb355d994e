using Dimec.Evaluation.Seeds;
using Dimec.Planning.Gains;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>Judges what a policy saves beyond a rival: the best single tier, or phone → cloud.</summary>
internal static class Gain
{
    /// <summary>Judges.</summary>
    /// <param name="row">The policy; null where it could be planned in no seed.</param>
    /// <param name="beyond">What it saves beyond the rival; not looked at where there is no plan.</param>
    /// <param name="maxDrop">The drop that plans were allowed on the selection part.</param>
    public static GainStanding Of(SeedsRow? row, SeedMean? beyond, double maxDrop) => row switch
    {
        null or { Planned: 0 } => GainStanding.NoPlan,
        _ when RoutingGain.DegenerateIn(row.Places) is not null => GainStanding.Degenerate,
        _ => beyond! switch
        {
            { Mean: >= -RoutingGain.Match and <= RoutingGain.Match } => GainStanding.Match,
            { Interval.Lower: > 0 } => row.HeldDrop.Mean <= maxDrop + StudyClaim.Rounding ? GainStanding.Gain : GainStanding.Bought,
            { Interval.Upper: < 0 } => GainStanding.Loss,
            _ => GainStanding.NotShown,
        },
    };
}
