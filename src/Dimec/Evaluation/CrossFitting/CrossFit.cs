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

    /// <summary>Cross-fits every policy.</summary>
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
        for (var halving = 0; halving < halvings; halving++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (first, second) = Halving.Of(part, random);
            Read(request, part, first, second, totals);
            Read(request, part, second, first, totals);
        }

        double[] cloudRight = [.. cloud.Select(right => right ? 1.0 : 0)];
        var stacked = totals.FirstOrDefault(total => total.Name == LadderFactory.StackedCloud && total.HasCandidates)?.Right(halvings);
        return new CrossFitDocument(
            part.Part, part.Count, halvings, request.Costs,
            [.. totals.Where(total => total.HasCandidates)
                .Select(total => total.Row(halvings, cloudRight, stacked, part, request.Costs, options))]);
    }

    private static void Read(PlanRequest request, RecordedExits part, int[] planned, int[] read, CrossFitTotal[] totals)
    {
        var costs = request.Costs;
        var reported = part.Subset(part.Part, read);
        var outcomes = new Planner(request with
        {
            Selection = new SelectionPart(part.Subset(PartNames.Selection, planned)),
            SelectionMetrics = null,
            Given = null,
        }).PlanAll();
        var plans = MeasuredPlans.On(outcomes, request.Policies, reported, costs);
        foreach (var (outcome, total) in outcomes.Zip(totals))
        {
            var plan = plans.FirstOrDefault(one => one.Policy == outcome.Policy);
            var policy = plan?.CreateMeasured(request.Policies, reported, costs) ?? new SingleTierPolicy(costs.Tiers.Count - 1);
            total.Add(
                PolicyRunner.Run(policy, reported, costs), reported, read,
                outcome is PlanOutcome.Planned { KeepsDrop: true }, outcome.Frontier.Count > 0);
        }
    }
}
