using Dimec.Planning;
using Dimec.Planning.Candidates;
using Dimec.Policies;
using Dimec.Policies.Baselines;
using Dimec.Policies.Ladder;
using Dimec.Predictions;

namespace Dimec.Evaluation.CrossFitting;

/// <summary>
/// The protocol for a part that is unlike the one that choices are made on: choices are made on one half of it and read on the other,
/// both ways, over many random halvings. No sample is ever read with a choice that it had a say in.
/// </summary>
public static class CrossFit
{
    /// <summary>The fewest halvings that a report takes.</summary>
    public const int UsualHalvings = 20;

    /// <summary>Cross-fits every policy, on all processors; plans are made as <see cref="PlanningOptions.ForManyPlans"/> says.</summary>
    /// <param name="request">What is planned from besides the halves: costs, training samples, options.
    /// Its selection part is not looked at.</param>
    /// <param name="part">The part to halve, with the true class of every sample known; two samples of some class at least.</param>
    /// <param name="options">The draws of the bootstrap, and the seed of it and of the halvings.</param>
    /// <param name="halvings">How many halvings, at least 1.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">A true class is unknown, the part is too small to be halved,
    /// or a tier's depth has no recorded exit.</exception>
    public static CrossFitDocument Run(
        PlanRequest request, RecordedExits part, EvaluationOptions options, int halvings = UsualHalvings,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(halvings, 1);
        InputErrors.Check(options.Validate);
        part.RequireGold();
        if (part.Count < 2)
            throw new InputException($"predictions/{part.Part}.jsonl", "has one sample, which cannot be halved", "report on more samples");
        var cloud = PolicyRunner.Run(new SingleTierPolicy(request.Costs.Tiers.Count - 1), part, request.Costs).Right(part);
        var totals = request.Policies.Policies.For(request.Costs).Select(policy => new CrossFitTotal(policy.Name, part.Count)).ToArray();
        var random = new Random(options.Seed);
        var halves = Enumerable.Range(0, halvings)
            .Select(_ => Halving.Of(part, random))
            .SelectMany(cut => new[] { (Planned: cut.First, Read: cut.Second), (Planned: cut.Second, Read: cut.First) })
            .ToArray();
        foreach (var (place, reads) in ReadAll(request, part, halves, cancellationToken).Index())
        {
            foreach (var (read, total) in reads.Zip(totals))
                total.Add(read.Run, read.Part, halves[place].Read, read.Kept, read.HasCandidates);
        }

        double[] cloudRight = [.. cloud.Select(right => right ? 1.0 : 0)];
        var stacked = totals.FirstOrDefault(total => total.Name == LadderFactory.StackedCloud && total.HasCandidates)?.Right(halvings);
        return new CrossFitDocument(
            part.Part, part.Count, halvings, request.Costs,
            [.. totals.Where(total => total.HasCandidates)
                .Select(total => total.Row(halvings, cloudRight, stacked, part, request.Costs, options))]);
    }

    /// <summary>What the plans of each half do on its other one: worked out in any order, and summed up in theirs.</summary>
    private static CrossFitRead[][] ReadAll(
        PlanRequest request, RecordedExits part, (int[] Planned, int[] Read)[] halves, CancellationToken cancellationToken)
    {
        var reads = new CrossFitRead[halves.Length][];
        InputException.Once(() => Parallel.For(0, halves.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            reads[i] = Read(request, part, halves[i].Planned, halves[i].Read)));
        return reads;
    }

    private static CrossFitRead[] Read(PlanRequest request, RecordedExits part, int[] planned, int[] read)
    {
        var costs = request.Costs;
        var reported = part.Subset(part.Part, read);
        var outcomes = new Planner(request with
        {
            Selection = new SelectionPart(part.Subset(PartNames.Selection, planned)),
            SelectionMetrics = null,
            Given = null,
            Options = request.Options.ForManyPlans(),
        }).PlanAll();
        var plans = MeasuredPlans.On(outcomes, request.Policies, reported, costs);
        return
        [
            .. outcomes.Select(outcome =>
            {
                var plan = plans.FirstOrDefault(one => one.Policy == outcome.Policy);
                var policy = plan?.CreateMeasured(request.Policies, reported, costs) ?? new SingleTierPolicy(costs.Tiers.Count - 1);
                return new CrossFitRead(
                    PolicyRunner.Run(policy, reported, costs), reported, outcome is PlanOutcome.Planned { KeepsDrop: true },
                    outcome.Frontier.Count > 0);
            }),
        ];
    }
}
