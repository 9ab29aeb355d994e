using Dimec.Statistics.Bounds;

namespace Dimec.Planning.Promises;

/// <summary>A promise that tests have shown, with what they saw.</summary>
internal static class PromiseEvidence
{
    /// <summary>The promise of one of the plans that were tested.</summary>
    /// <param name="claims">What is claimed.</param>
    /// <param name="tests">The tests.</param>
    /// <param name="plan">The plan's place among them.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="reference">The name of whom drops are measured against.</param>
    /// <param name="policy">The name of the policy of a plan among them.</param>
    public static PlanPromise Of(
        IReadOnlyList<PromiseClaim> claims, PromiseTests tests, int plan, PromiseOptions options, string reference,
        Func<int, string> policy) =>
        new(options.Confidence, tests.Samples, [.. claims.Select((claim, place) =>
        {
            var tally = tests.Worst(plan, place);
            return new PromisedClaim(claim.Loss, claim.Limit, claim.Bound.Upper(tally, options.Delta), claim.Bound.Name, claim.Scope)
            {
                Lost = tests.Tally(plan, place).Plus,
                Gained = tally.IsSigned ? tests.Tally(plan, place).Minus : null,
                Group = claim.Scope == PromiseScope.All ? null : new ClaimGroup(tally.N, tally.Plus, tally.Minus),
                MaxCost = claim.Loss == PromiseLoss.OverBudget ? options.MaxCost : null,
            };
        })])
        {
            Reference = claims.Any(claim => claim.Loss is not (PromiseLoss.Wrong or PromiseLoss.OverBudget)) ? reference : null,
            Procedure = options.Procedure,
            Plans = tests.Count,
            Cost = tests.MeanCost(plan),
            Next = PromiseShortfall.After(plan, claims, tests, options, policy),
        };
}
