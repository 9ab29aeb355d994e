using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Studies.Promises;

/// <summary>
/// Redraws promises on recorded exits. The plans and their order are fixed on the selection part, as for any promise; all samples that had
/// no say in them are the population, from which calibration samples are drawn with replacement, so that what a plan loses on the
/// population is what it is promised not to lose.
/// </summary>
public static class PromiseRedrawing
{
    /// <summary>The losses that a drop may be promised by.</summary>
    internal static IReadOnlyList<PromiseLoss> Losses { get; } = [PromiseLoss.Lost, PromiseLoss.Paired, PromiseLoss.Differs];

    /// <summary>Redraws, for every policy that can be promised and every loss, procedure and bound.</summary>
    /// <param name="request">What is planned from.</param>
    /// <param name="population">Parts that had no say in it, the calibration part first, with the true class of every sample known.</param>
    /// <param name="options">How often, and what is promised.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">A true class is unknown, or an option is out of range.</exception>
    public static PromiseRedraws Run(
        PlanRequest request, IReadOnlyList<RecordedExits> population, RedrawOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(population);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var part in population)
            part.RequireGold();
        int[] samples = [.. new[] { population[0].Count, RedrawOptions.ManySamples }.Distinct()];
        var chains = Chains(request, population, options, out var leftOut, cancellationToken);
        var count = population.Sum(part => part.Count);
        return new PromiseRedraws(
            options.Draws, options.Confidence, options.MaxDrop, count, samples,
            Redrawing.Run(chains, count, samples, options, cancellationToken))
        {
            LeftOut = leftOut,
        };
    }

    /// <summary>Every policy's chains, and <c>any</c>'s first.</summary>
    internal static IReadOnlyList<RedrawableChain> Chains(
        PlanRequest request, IReadOnlyList<RecordedExits> population, RedrawOptions options, out IReadOnlyList<string> leftOut,
        CancellationToken cancellationToken)
    {
        var planner = new Planner(request with { Options = request.Options with { MaxDrop = options.MaxDrop } });
        var outcomes = planner.PlanAll().ToDictionary(outcome => outcome.Policy);
        outcomes[PolicyList.Any] = planner.Plan(PolicyList.Any);
        string[] policies =
        [
            PolicyList.Any,
            .. request.Policies.For(request.Costs)
                .Where(fitter => fitter is { Policy: { NotServed: null, Kind: not PolicyKind.Bound }, RepeatsSharesOf: null })
                .Select(fitter => fitter.Policy.Name),
        ];
        // What a policy lacks leaves it without any candidate.
        leftOut = [.. policies.Select(policy => outcomes[policy]).OfType<PlanOutcome.NotPossible>()
            .Where(outcome => outcome.Frontier.Count == 0).Select(outcome => $"{outcome.Policy}: {outcome.Reason}")];
        (string Policy, PromiseLoss Loss)[] wanted =
        [
            .. policies.Where(policy => outcomes[policy].Frontier.Count > 0).SelectMany(_ => Losses, (policy, loss) => (policy, loss)),
        ];
        var chains = new RedrawableChain[wanted.Length];
        InputException.Once(() => Parallel.For(0, wanted.Length, new ParallelOptions { CancellationToken = cancellationToken }, place =>
        {
            var (policy, loss) = wanted[place];
            var plan = outcomes[policy] is PlanOutcome.Planned { KeepsDrop: true } planned ? planned.Plan : null;
            chains[place] = Chain(request, population, policy, loss, options, plan);
        }));
        return chains;
    }

    private static RedrawableChain Chain(
        PlanRequest request, IReadOnlyList<RecordedExits> population, string policy, PromiseLoss loss, RedrawOptions options, Plan? plan)
    {
        var chain = PromiseChain.Of(
            [request], policy,
            new PromiseOptions { MaxDrop = options.MaxDrop, Confidence = options.Confidence, Loss = loss },
            PartContent.Of(population[0]));
        return new RedrawableChain(
            policy, chain.Claims[0], Plans(chain, population, chain.Candidates), plan is null ? null : Unpromised(chain, population, plan));
    }

    private static UnpromisedPlan Unpromised(PromiseChain chain, IReadOnlyList<RecordedExits> population, Plan plan)
    {
        var request = chain.Reference.Request;
        var fitter = request.Policies.Find(plan.Policy, request.Costs, "policy");
        var alone = Plans(chain, population, [new PromiseCandidate(fitter, plan.Parameters, request)]);
        return new UnpromisedPlan(alone.Saved[0], alone.Losses[0]);
    }

    private static PopulationPlans Plans(
        PromiseChain chain, IReadOnlyList<RecordedExits> population, IReadOnlyList<PromiseCandidate> plans)
    {
        PromiseTests[] tests = [.. population.Select(part => chain.On(part, plans))];
        var count = population.Sum(part => part.Count);
        return new PopulationPlans(
            count, Enumerable.Range(0, plans.Count).Select(plan => (sbyte[])[.. tests.SelectMany(part => part.Losses(plan, claim: 0))]),
            [
                .. Enumerable.Range(0, plans.Count).Select(plan => 1 - (population.Zip(
                    tests, (part, on) => part.Count * on.MeanCost(plan)).Sum() / count / chain.Reference.Costs.Cloud)),
            ],
            chain.Claims[0].Loss == PromiseLoss.Paired);
    }
}
