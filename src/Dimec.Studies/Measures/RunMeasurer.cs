using Dimec.Evaluation;
using Dimec.Evaluation.Calibration;
using Dimec.Evaluation.CrossFitting;
using Dimec.Evaluation.Metrics;
using Dimec.Evaluation.Parts;
using Dimec.Evaluation.Pools;
using Dimec.Evaluation.Routers;
using Dimec.Planning;
using Dimec.Planning.Candidates;
using Dimec.Planning.Gains;
using Dimec.Policies;
using Dimec.Policies.Bandits;
using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Studies.Measures;

/// <summary>Measures one training at one set of depths: everything is chosen on the selection part and read on the reported one.</summary>
public static class RunMeasurer
{
    /// <summary>In how many orders a bandit meets the samples.</summary>
    private const int Orders = 20;

    /// <summary>A regret curve is read at so many places, evenly spaced.</summary>
    private const int Places = 100;

    /// <summary>Measures.</summary>
    /// <param name="request">What is planned from.</param>
    /// <param name="part">The reported part, with the true class of every sample known.</param>
    /// <param name="options">The task and the bootstrap.</param>
    /// <param name="halvings">How often the reported part is halved for the cross-fitted protocol.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">A true class is unknown, or the reported part was recorded with another model than
    /// the selection part.</exception>
    public static RunMeasures Measure(
        PlanRequest request, RecordedExits part, EvaluationOptions options, int halvings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(options);
        PartFit.Check(request, part);
        var planner = new Planner(request);
        var evaluation = Evaluate(planner, part, options, out var outcomes);
        var plans = MeasuredPlans.On(outcomes, request.Policies, part, request.Costs);
        cancellationToken.ThrowIfCancellationRequested();
        return new RunMeasures
        {
            Evaluation = evaluation,
            WithoutOffload = request.WithoutOffload() is { } free ? Evaluate(new Planner(free), part, options, out _) : null,
            CrossFit = CrossFit.Run(request, part, options, halvings, cancellationToken),
            Shift = EnergyDistanceTest.Measure(request.Selection.Exits, part, options.Seed),
            Exits = Exits(request.Selection, part, options.Task),
            Routers = RouterAuroc.Measure(plans, part, request.Costs, request.Policies),
            Frontiers = [.. outcomes.Where(outcome =>
                request.Policies.Policies.KindOf(outcome.Policy, request.Costs) == PolicyKind.Contender && outcome.Frontier.Count > 0)
                .Select(outcome => Frontier(outcome, part, request, cancellationToken))],
            Regrets = [.. plans.Select(plan => Regret(plan, request.Policies, part)).OfType<RegretCurve>()],
            Pools = request.Training is not null && plans.FirstOrDefault(plan => plan.Policy == PolicyList.Pools) is { } pools
                ? PoolTiers.Measure(pools, request.Training, part, options.Seed)
                : null,
            Outcomes = [.. plans.Select(plan => Outcome(plan, request.Policies, part))],
            PhoneCloud = [.. PhoneCloudPoint.Front(outcomes, request.Policies, part, request.Costs)
                .Select(point => new SampleOutcomes(PolicyList.PhoneCloud, point.Run.Right(part), point.Run.Costs))],
            Gold = part.Gold,
            SamplesHash = part.NamesHash(),
        };
    }

    private static EvaluationDocument Evaluate(
        Planner planner, RecordedExits part, EvaluationOptions options, out IReadOnlyList<PlanOutcome> outcomes)
    {
        outcomes = planner.PlanAll();
        return Evaluator.Evaluate(outcomes, part, planner.Request.Costs, options);
    }

    private static ExitMeasure[] Exits(SelectionPart selection, RecordedExits part, string? task) =>
    [
        .. ExitCalibration.Measure(part, selection).Select((calibration, index) =>
        {
            int[] labels = [.. Enumerable.Range(0, part.Count).Select(sample => part.Answer(sample, index).Label)];
            var accuracy = ExitAccuracy.Of(part, index);
            return new ExitMeasure(
                calibration.Exit, accuracy.Share, accuracy.Interval, TaskMetrics.Compute(task, labels, part.Gold, part.Classes),
                calibration);
        }),
    ];

    private static MeasuredFrontier Frontier(
        PlanOutcome outcome, RecordedExits part, PlanRequest request, CancellationToken cancellationToken)
    {
        var costs = request.Costs;
        var cloud = PolicyRunner.Run(new SingleTierPolicy(costs.Tiers.Count - 1), part, costs).Right(part).Count(right => right);
        var weak = Accuracy(new SingleTierPolicy(0));
        var fitter = request.Policies.Find(outcome.Policy, costs, "policy");
        var points = outcome.Frontier.Select(point =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var run = PolicyRunner.Run(fitter.CreateMeasured(point.Parameters, costs, part, costs), part, costs);
            var right = run.Right(part).Count(isRight => isRight);
            return new MeasuredPoint(
                run.MeanCost, 1 - (run.MeanCost / costs.Cloud), right / (double)part.Count, (cloud - right) / (double)part.Count,
                run.Tiers.Count(tier => tier > 0) / (double)part.Count);
        }).OrderBy(point => point.Cost).ThenBy(point => point.Drop).ToArray();
        double[] alone = [.. Enumerable.Range(0, costs.Tiers.Count).Select(costs.Of)];
        // The cheapest tier alone can always be had, and so can be mixed with any point of the sweep.
        var cheapest = Array.IndexOf(alone, alone.Min());
        var affordable = points.Select(point => (point.Cost, point.Accuracy))
            .Append((alone[cheapest], Accuracy(new SingleTierPolicy(cheapest))));
        return new MeasuredFrontier(
            outcome.Policy, points, alone.Max() > alone.Min() ? FrontierArea.Of(affordable, alone.Min(), alone.Max()) : double.NaN,
            CallPerformance.Of(points.Select(point => new CallPoint(point.PassedOn, point.Accuracy)), weak, cloud / (double)part.Count));

        double Accuracy(IPolicy policy) => PolicyRunner.Run(policy, part, costs).Right(part).Count(right => right) / (double)part.Count;
    }

    private static RegretCurve? Regret(Plan plan, FitterList policies, RecordedExits part)
    {
        if (policies.Find(plan.Policy, plan.Costs, "policy") is not IBanditFitter bandit)
            return null;
        var regret = bandit.Regret(plan.Parameters, part, plan.Costs, Orders);
        int[] places = [.. Enumerable.Range(1, Places)
            .Select(place => (int)Math.Ceiling(place * regret.Count / (double)Places))
            .Distinct()];
        return new RegretCurve(plan.Policy, Orders, places, [.. places.Select(place => regret[place - 1])]);
    }

    private static SampleOutcomes Outcome(Plan plan, FitterList policies, RecordedExits part)
    {
        var run = PolicyRunner.Run(plan.CreateMeasured(policies, part, plan.Costs), part, plan.Costs);
        return new SampleOutcomes(plan.Policy, run.Right(part), run.Costs);
    }
}
