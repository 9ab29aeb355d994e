using Dimec.Planning;
using Dimec.Pools;

namespace Dimec.Runs.Plans;

/// <summary>The open choices of the method, as one call makes them.</summary>
/// <param name="Options">How a plan is chosen.</param>
/// <param name="Metrics">Whose dynamics make the pools.</param>
public sealed record PlanChoices(PlanningOptions Options, MetricsChoice Metrics)
{
    /// <summary>The defaults of the method.</summary>
    public static PlanChoices Default { get; } = new(new PlanningOptions(), new MetricsChoice());

    /// <summary>
    /// The choices by which policies are planned beside a plan that stands:
    /// its own, where it is one of pools, and the drop that it was allowed.
    /// </summary>
    /// <param name="given">The plan; null for none, and the defaults.</param>
    /// <exception cref="InputException">The plan's pools are malformed.</exception>
    public static PlanChoices Of(Plan? given)
    {
        if (given is null)
            return Default;
        var pools = given.Pools;
        var before = pools?.Options ?? Default.Options;
        var options = new PlanningOptions(before) { MaxDrop = given.MaxDrop ?? Default.Options.MaxDrop };
        return new PlanChoices(options, MetricsChoice.Of(pools?.Metrics));
    }
}
