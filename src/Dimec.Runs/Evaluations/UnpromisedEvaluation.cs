using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Runs.Evaluations;

/// <summary>What a promise costs: the cheapest plan that is allowed the same drop and promises nothing, on the reported part.</summary>
public static class UnpromisedEvaluation
{
    /// <summary>Plans without the promise, at the same costs, and evaluates.</summary>
    /// <param name="request">What was planned from, with the plan that was given.</param>
    /// <param name="reported">The part that is reported, with the true class of every sample known.</param>
    /// <param name="task">The task's name, which says whose metrics come first.</param>
    /// <returns>The plan's row; null where the given plan promises no drop, or there is no plan without the promise.</returns>
    /// <exception cref="InputException">A true class is unknown.</exception>
    public static PolicyEvaluation? Of(PlanRequest request, RecordedExits reported, string? task)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Given?.Promise?.Drop is not { Limit: var limit })
            return null;
        var planner = new Planner(request with { Given = null, Options = request.Options with { MaxDrop = limit } });
        if (planner.Plan(PolicyList.Any) is not PlanOutcome.Planned { Plan: var plan })
            return null;
        var stacked = request.Policies.For(request.Costs)
            .Where(fitter => fitter.Policy.Name == PolicyList.StackedCloud && fitter.Policy.Name != plan.Policy)
            .Where(_ => request.Selection.Exits.HasExitZero)
            .Select(fitter => planner.Plan(fitter.Policy.Name))
            .OfType<PlanOutcome.Planned>()
            .Select(outcome => outcome.Plan);
        return Evaluator.Evaluate(
            [plan, .. stacked], reported, request.Costs, new EvaluationOptions { Task = task, Policies = request.Policies }).Policies[0];
    }
}
