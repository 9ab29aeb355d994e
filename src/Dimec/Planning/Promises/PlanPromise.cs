namespace Dimec.Planning.Promises;

/// <summary>What a plan promises, and on what evidence: with this confidence, all of its claims hold.</summary>
/// <param name="Confidence">1 − δ, e.g. 0.95.</param>
/// <param name="N">The number of samples on which it was tested.</param>
/// <param name="Claims">What is claimed, at least one thing.</param>
public sealed record PlanPromise(double Confidence, int N, IReadOnlyList<PromisedClaim> Claims)
{
    /// <summary>Against whom a drop is measured, a policy's name; null where the plan does not say.</summary>
    public string? Reference { get; init; }

    /// <summary>By which procedure one of several plans was chosen; null where the plan does not say.</summary>
    public string? Procedure { get; init; }

    /// <summary>Among how many plans; null where the plan does not say.</summary>
    public int? Plans { get; init; }

    /// <summary>The mean cost of the samples on which it was tested, in the costs' unit; null where the plan does not say.</summary>
    public double? Cost { get; init; }

    /// <summary>The next cheaper plan, and what would show it; null where there is none, or the plan does not say.</summary>
    public NextPlan? Next { get; init; }

    /// <summary>The claim about the drop against the reference; null where there is none.</summary>
    public PromisedClaim? Drop => Claims.FirstOrDefault(claim => claim.IsDrop);
}
