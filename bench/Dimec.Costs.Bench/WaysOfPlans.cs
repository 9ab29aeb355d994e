namespace Dimec.Costs.Bench;

/// <summary>Finds the way of a plan.</summary>
internal static class WaysOfPlans
{
    public static Ways Of(IReadOnlyList<TierWork> works)
    {
        var leaves = works.Where(work => work.Tier > 0).Select(work => (WorkStart?)work.Start).FirstOrDefault();
        var layers = works.Any(work => work is { Tier: 0, To: > 0 });
        return leaves switch
        {
            null => Ways.PhoneAlone,
            WorkStart.Text when layers => Ways.LayersThenText,
            WorkStart.Text when works.Any(work => work.To == 0) => Ways.ExitZeroThenText,
            WorkStart.Text => Ways.TextAtOnce,
            _ => Ways.LayersThenStates,
        };
    }
}
