using Dimec.Costs;
using Dimec.Planning;
using Dimec.Planning.Candidates;
using Dimec.Policies;
using Dimec.Policies.Baselines;
using Dimec.Predictions;

namespace Dimec.Studies.Sweeps;

/// <summary>Plans every policy anew at each of many cost structures, and reads what the plans do on the reported part.</summary>
public static class CostSweep
{
    /// <summary>Runs a sweep, on all processors; plans are made as <see cref="PlanningOptions.ForManyPlans"/> says.</summary>
    /// <param name="request">What is planned from; its own costs are not looked at.</param>
    /// <param name="part">The part to report on, with the true class of every sample known.</param>
    /// <param name="structures">The cost structures, all with the same tiers.</param>
    /// <param name="done">Told after each structure how many are done, from any thread; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">A true class is unknown, or a tier's depth has no recorded exit.</exception>
    public static SweepDocument Run(
        PlanRequest request, RecordedExits part, IReadOnlyList<CostStructure> structures, Action<int>? done,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(structures);
        part.RequireGold();
        var shared = request with { Given = null, Options = request.Options.ForManyPlans() };
        var rows = new SweepRow[structures.Count];
        var finished = 0;
        // Every structure has the same tiers, so what is wrong with one is wrong with all.
        InputException.Once(() => Parallel.For(0, rows.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            rows[i] = Row(shared with { Costs = structures[i] }, part);
            done?.Invoke(Interlocked.Increment(ref finished));
        }));
        return new SweepDocument(part.Part, part.Count, request.Options.MaxDrop, rows);
    }

    private static SweepRow Row(PlanRequest request, RecordedExits part)
    {
        var costs = request.Costs;
        var cloud = Right(PolicyRunner.Run(new SingleTierPolicy(costs.Tiers.Count - 1), part, costs));
        var outcomes = new Planner(request).PlanAll();
        var plans = MeasuredPlans.On(outcomes, request.Policies, part, costs);
        var stacked = plans.FirstOrDefault(plan => plan.Policy == PolicyList.StackedCloud) is { } above ? Right(Run(above)) : cloud;
        SweepCell[] cells = [.. outcomes.Select(outcome => plans.FirstOrDefault(plan => plan.Policy == outcome.Policy) is { } plan
            ? Cell(plan, outcome as PlanOutcome.Planned)
            : new SweepCell(outcome.Policy, false, 0, 0))];
        var winner = cells
            .Where(cell => cell.KeepsDrop
                && request.Policies.Policies.KindOf(cell.Policy, costs) is PolicyKind.SingleTier or PolicyKind.Contender)
            .MaxBy(cell => cell.Reduction);
        return new SweepRow(costs, cells, winner.Policy);

        SweepCell Cell(Plan plan, PlanOutcome.Planned? planned)
        {
            var run = Run(plan);
            var reference = planned is { IsHeldToStackedCloud: true } ? stacked : cloud;
            return new SweepCell(
                plan.Policy, planned is { KeepsDrop: true }, 1 - (run.MeanCost / costs.Cloud),
                (reference - Right(run)) / (double)part.Count);
        }

        PolicyRun Run(Plan plan) => PolicyRunner.Run(plan.CreateMeasured(request.Policies, part, costs), part, costs);

        int Right(PolicyRun run) => run.Right(part).Count(isRight => isRight);
    }
}
