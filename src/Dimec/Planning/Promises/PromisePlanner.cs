using Dimec.Planning.Promises.Procedures;
using Dimec.Policies;
using Dimec.Predictions;

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
        CalibrationCheck.Refuse(calibration, requests[0]);
        string[] notes = CalibrationCheck.Repeats(calibration, requests[0]) is { } repeats ? [repeats] : [];
        var chain = PromiseChain.Of(requests, policy, options, PartContent.Of(calibration.Exits));
        var tests = chain.On(calibration.Exits);
        var accepted = PromiseProcedures.Find(options.Procedure)!.Accepted(tests, options.Delta);
        if (accepted.Count == 0)
            return NotPossible(chain, tests, options, notes);
        // The chain goes from the worst price to the best.
        var best = accepted.Max();
        var candidate = chain.Candidates[best];
        var planned = new Planner(candidate.Request).Of(candidate.Fitter, candidate.Parameters);
        var promise = PromiseEvidence.Of(
            chain.Claims, tests, best, options, chain.Reference.Policy, place => chain.Candidates[place].Policy);
        var plan = planned.Plan with { Promise = promise, Notes = [.. notes, .. planned.Plan.Notes] };
        return new PromiseOutcome.Kept(planned with { Plan = plan }) { Chain = chain, Plan = plan };
    }

    private static PromiseOutcome.NotPossible NotPossible(
        PromiseChain chain, PromiseTests tests, PromiseOptions options, string[] notes)
    {
        var reference = new Planner(chain.Reference.Request).Of(chain.Reference.Fitter, chain.Reference.Parameters).Plan;
        var shortfall = PromiseShortfall.Of(chain.Claims, tests, options);
        var reason = shortfall is null
            ? PromiseWords.NoneIsCheaper(chain.Reference.Policy)
            : PromiseWords.NotPossible(
                shortfall, chain.Claims, tests, options, chain.Reference.Policy, chain.Candidates[shortfall.Nearest].Policy,
                chain.Reference.Costs.Unit);
        return new PromiseOutcome.NotPossible(reason)
        {
            Chain = chain,
            // Whoever finds the plan later should know what it was to promise.
            Plan = reference with { Notes = [reason, .. notes, .. reference.Notes] },
            Needed = shortfall?.Most,
            Attainable = shortfall?.Attainable ?? [],
        };
    }
}
