using System.Diagnostics.CodeAnalysis;
using Dimec.Planning.Candidates;
using Dimec.Planning.Gains;

namespace Dimec.Planning;

/// <summary>The answer to a request for a plan: a plan, or a sentence that says why there is none.</summary>
public abstract record PlanOutcome
{
    private PlanOutcome()
    {
    }

    /// <summary>The policy that was asked for.</summary>
    public required string Policy { get; init; }

    /// <summary>Every point of the sweep on the selection part, cheapest first.</summary>
    public required IReadOnlyList<FrontierPoint> Frontier { get; init; }

    /// <summary>The plan, where there is one.</summary>
    /// <param name="plan">The plan; null where there is none.</param>
    /// <param name="reason">Why there is none; null where there is a plan.</param>
    /// <returns>Whether there is a plan.</returns>
    public bool TryGet([NotNullWhen(true)] out Plan? plan, [NotNullWhen(false)] out string? reason)
    {
        (plan, reason) = ((this as Planned)?.Plan, (this as NotPossible)?.Reason);
        return plan is not null;
    }

    /// <summary>There is a plan.</summary>
    /// <param name="Plan">The plan.</param>
    public sealed record Planned(Plan Plan) : PlanOutcome
    {
        /// <summary>True for a plan that the request gave: it stands as it is.</summary>
        public bool IsGiven { get; init; }

        /// <summary>
        /// Whether it keeps the allowed drop on the selection part; what has nothing to choose is there whether it does or not.
        /// </summary>
        public required bool KeepsDrop { get; init; }

        /// <summary>The drop that was allowed where it was set against its rivals; of a given plan that need not be its own.</summary>
        public required double MaxDrop { get; init; }

        /// <summary>The cheapest single tier that meets the same drop on the same samples, or null where none does.</summary>
        public required string? BestSingleTier { get; init; }

        /// <summary>What is saved beyond that tier; null where no single tier meets the drop.</summary>
        public required RoutingGain? Gain { get; init; }

        /// <summary>
        /// What is saved beyond phone → cloud: the cheapest point of its frontier that meets the same drop on the same samples. Null where
        /// none does, or it could not be had, or the plan is one of it.
        /// </summary>
        public RoutingGain? PhoneCloudGain { get; init; }

        /// <summary>Whether the drop that is limited is the one against the stacked cloud; else it is against the cloud.</summary>
        public bool IsHeldToStackedCloud { get; init; }
    }

    /// <summary>There is none.</summary>
    /// <param name="Reason">One sentence: what was asked for, and how near the data come to it.</param>
    public sealed record NotPossible(string Reason) : PlanOutcome;
}
