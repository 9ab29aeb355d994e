namespace Dimec.Routing.Plans;

/// <summary>The answer to a request for a plan over a table.</summary>
public abstract record RouterOutcome
{
    private RouterOutcome()
    {
    }

    /// <summary>There is one.</summary>
    /// <param name="Plan">The plan.</param>
    public sealed record Planned(RouterPlan Plan) : RouterOutcome;

    /// <summary>There is none.</summary>
    /// <param name="Reason">One sentence or a few: what was asked for, how near the samples come, and what would do.</param>
    /// <param name="Fallback">What leaves everything to the strong tier, which has no drop.</param>
    public sealed record NotPossible(string Reason, RouterPlan Fallback) : RouterOutcome;
}
