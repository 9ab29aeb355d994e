using Dimec.Planning.Promises.Procedures;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Statistics.Bounds;

namespace Dimec.Planning.Promises;

/// <summary>
/// Makes plans with a promise (Learn-then-Test, arXiv 2110.01052): which plans are tested, in which order and how is fixed on the
/// selection part, and the calibration part tests them and chooses nothing else. With a probability of at most δ over the calibration
/// samples the plan breaks its promise on further samples like them.
/// </summary>
public static class PromisePlanner
{
    /// <summary>The cheapest plan that keeps a promise.</summary>
    /// <param name="requests">What is planned from, one at each set of depths; the last tier's is the same in all.</param>
    /// <param name="policy">A policy's name, or <see cref="PolicyList.Any"/>.</param>
    /// <param name="calibration">The samples that test.</param>
    /// <param name="options">What is to be promised.</param>
    /// <exception cref="InputException">As for <see cref="PromiseChain.Of"/>; or calibration samples are among those that are planned
    /// from.</exception>
    public static PromiseOutcome Plan(
        IReadOnlyList<PlanRequest> requests, string policy, CalibrationPart calibration, PromiseOptions options)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(options);
        CalibrationCheck.Refuse(calibration.Exits, requests[0]);
        var chain = PromiseChain.Of(requests, policy, options, PartContent.Of(calibration.Exits));
        var tests = chain.On(calibration.Exits);
        var accepted = PromiseProcedures.Find(options.Procedure)!.Accepted(tests, options.Delta);
        if (accepted.Count == 0)
            return NotPossible(chain, tests, options);
        // The chain goes from the worst price to the best.
        var best = accepted.Max();
        var candidate = chain.Candidates[best];
        var planned = new Planner(candidate.Request).Of(candidate.Fitter, candidate.Parameters);
        var plan = planned.Plan with { Promise = Promise(chain, tests, best, calibration.Exits, options) };
        return new PromiseOutcome.Kept(planned with { Plan = plan }) { Chain = chain, Plan = plan };
    }

    private static PlanPromise Promise(PromiseChain chain, PromiseTests tests, int plan, RecordedExits part, PromiseOptions options) =>
        new(options.Confidence, tests.Samples, [.. chain.Claims.Select((claim, place) =>
        {
            var tally = tests.Worst(plan, place);
            return new PromisedClaim(claim.Loss, claim.Limit, claim.Bound.Upper(tally, options.Delta), claim.Bound.Name, claim.Scope)
            {
                Lost = tests.Tally(plan, place).Plus,
                MaxCost = claim.Loss == PromiseLoss.OverBudget ? options.MaxCost : null,
            };
        })])
        {
            Reference = chain.Claims.Any(claim => claim.Loss is not (PromiseLoss.Wrong or PromiseLoss.OverBudget))
                ? chain.Reference.Policy
                : null,
            Procedure = options.Procedure,
            Plans = tests.Count,
            Cost = chain.Candidates[plan].Run(part).MeanCost,
        };

    private static PromiseOutcome.NotPossible NotPossible(PromiseChain chain, PromiseTests tests, PromiseOptions options)
    {
        var reference = new Planner(chain.Reference.Request).Of(chain.Reference.Fitter, chain.Reference.Parameters).Plan;
        if (tests.Count == 0)
        {
            return new PromiseOutcome.NotPossible($"There is no plan that is cheaper than {chain.Reference.Policy}.")
            {
                Chain = chain,
                Plan = reference,
                Attainable = [],
            };
        }

        var nearest = Enumerable.Range(0, tests.Count).MinBy(tests.PValue);
        var (needed, attainable) = (new List<int?>(), new List<double>());
        foreach (var (place, claim) in chain.Claims.Index())
        {
            var tally = tests.Worst(nearest, place);
            // Of a group's samples so many are needed; groups grow as the whole does.
            needed.Add(claim.Bound.Needed(tally, claim.Limit, options.Delta) is { } n
                ? (int)Math.Min(int.MaxValue, Math.Ceiling(n * (tests.Samples / (double)tally.N)))
                : null);
            attainable.Add(claim.Bound.Upper(tally, options.Delta));
        }

        return new PromiseOutcome.NotPossible(PromiseWords.NotPossible(chain, tests, nearest, needed, attainable, options))
        {
            Chain = chain,
            Plan = reference,
            Needed = needed.Contains(null) ? null : needed.Max(),
            Attainable = attainable,
        };
    }
}
