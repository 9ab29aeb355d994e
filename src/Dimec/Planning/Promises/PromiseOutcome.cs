namespace Dimec.Planning.Promises;

/// <summary>The answer to a request for a promise.</summary>
public abstract record PromiseOutcome
{
    private PromiseOutcome()
    {
    }

    /// <summary>What was tested: the plans in their order, and what was claimed.</summary>
    public required PromiseChain Chain { get; init; }

    /// <summary>The plan: the cheapest that keeps the promise, or else the reference.</summary>
    public required Plan Plan { get; init; }

    /// <summary>A plan that is cheaper than the reference keeps the promise.</summary>
    /// <param name="Planned">The plan beside what it is compared with.</param>
    public sealed record Kept(PlanOutcome.Planned Planned) : PromiseOutcome;

    /// <summary>None is shown to; the plan is the reference, which has no drop.</summary>
    /// <param name="Reason">One sentence or a few: what was asked for, how near the samples come, and what would do.</param>
    public sealed record NotPossible(string Reason) : PromiseOutcome
    {
        /// <summary>About how many samples like these would do; null where no number would, for the plan that is nearest.</summary>
        public int? Needed { get; init; }

        /// <summary>The limits that these samples would show of the plan that is nearest, one a claim.</summary>
        public required IReadOnlyList<double> Attainable { get; init; }
    }
}
