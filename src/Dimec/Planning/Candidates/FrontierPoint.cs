using Dimec.Policies;

namespace Dimec.Planning.Candidates;

/// <summary>A point of a policy's sweep: what one candidate did on the selection part.</summary>
/// <param name="Factory">The policy.</param>
/// <param name="Parameters">The candidate's parameters.</param>
/// <param name="Outcome">What it did.</param>
public sealed record FrontierPoint(IPolicyFactory Factory, PolicyParameters Parameters, ExpectedOutcome Outcome)
{
    /// <summary>The policy's name.</summary>
    public string Policy => Factory.Name;

    /// <summary>
    /// The standard error of its drop below what its search ends at, the stacked cloud or the cloud, as a fraction; null for candidates
    /// that were chosen by what they get right here, of which it tells nothing.
    /// </summary>
    public double? DropError { get; init; }
}
