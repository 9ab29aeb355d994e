using Dimec.Planning.Gains;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>Judges what a policy saves beyond the best single tier.</summary>
internal static class Gain
{
    /// <summary>Judges.</summary>
    /// <param name="row">The policy; null where it could be planned in no seed.</param>
    /// <param name="maxDrop">The drop that plans were allowed on the selection part.</param>
    public static GainStanding Of(SeedsRow? row, double maxDrop) => row switch
    {
        null or { Planned: 0 } => GainStanding.NoPlan,
        _ when RoutingGain.DegenerateIn(row.Places) is not null => GainStanding.Degenerate,
        { Beyond.Mean: >= -RoutingGain.Match and <= RoutingGain.Match } => GainStanding.Match,
        { Beyond.Interval.Lower: > 0 } => row.Drop.Mean <= maxDrop + PaperClaim.Rounding ? GainStanding.Gain : GainStanding.Bought,
        { Beyond.Interval.Upper: < 0 } => GainStanding.Loss,
        _ => GainStanding.NotShown,
    };
}
