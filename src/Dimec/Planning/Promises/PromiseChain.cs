using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Planning.Promises;

/// <summary>
/// The plans that a promise may be made for, in the order in which they are tested, dearest first: of every policy that can be served, at
/// every set of depths, those that no cheaper one keeps the claims better than. All of it is fixed on the selection part.
/// </summary>
public sealed class PromiseChain
{
    private readonly PromiseOptions _options;

    private PromiseChain(
        PromiseOptions options, IReadOnlyList<PromiseClaim> claims, PromiseCandidate reference,
        IReadOnlyList<PromiseCandidate> candidates) =>
        (_options, Claims, Reference, Candidates) = (options, claims, reference, candidates);

    /// <summary>What is promised.</summary>
    public IReadOnlyList<PromiseClaim> Claims { get; }

    /// <summary>
    /// Against whom drops are measured: the better of cloud and stacked cloud on the selection part, unless the planning options say
    /// otherwise.
    /// </summary>
    public PromiseCandidate Reference { get; }

    /// <summary>The plans, dearest first; all are cheaper than the reference.</summary>
    public IReadOnlyList<PromiseCandidate> Candidates { get; }

    /// <summary>Puts the chain together.</summary>
    /// <param name="requests">What is planned from, one at each set of depths; the last tier's is the same in all.</param>
    /// <param name="policy">A policy's name, or <see cref="PolicyList.Any"/>.</param>
    /// <param name="options">What is to be promised.</param>
    /// <param name="content">What the samples on which it is tested have; policies that need more are left out.</param>
    /// <exception cref="InputException">Options are out of range, a target needs labels, no policy has the name, or it cannot be served
    /// or needs what the requests lack.</exception>
    public static PromiseChain Of(IReadOnlyList<PlanRequest> requests, string policy, PromiseOptions options, PartContent content)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(content);
        var errors = new InputErrors();
        options.Validate(errors);
        errors.ThrowIfAny();
        var claims = PromiseClaim.Of(options, content.IsLabelled);
        var reference = PromiseReference.Of(requests[0]);
        var selection = requests[0].Selection.Exits;
        var answers = reference.Run(selection).Labels;
        var budgetOnly = claims.All(claim => claim.Loss == PromiseLoss.OverBudget);
        var wanted = WantedAnswers.Of(claims, answers, selection.Gold);
        var raw = new RawCandidates(requests, policy, content, reference, wanted, ChainOrder.CostLevels);
        var losses = new PartLosses(selection.Gold, answers, claims, options.MaxCost, selection.Exits[^1]);
        ChainLink[] links =
        [
            .. raw.Thinned(keepAll: budgetOnly).Select(candidate => ChainLink.Of(candidate, selection, losses)),
        ];
        // A budget leaves it to the accuracy which plan is best.
        var front = ChainOrder.Front(links, link => budgetOnly ? -link.Accuracy : link.Cost, link => link.Risk);
        var begun = ChainOrder.Begun(front, claims, link => link.Losses.Max(claim => claim.PValue(samples: null)));
        return new PromiseChain(options, claims, reference, [.. begun.Select(link => link.Candidate)]);
    }

    /// <summary>Tests of the plans on a part; each is made when it is asked for.</summary>
    /// <param name="part">A part that had no say in the chain.</param>
    public PromiseTests On(RecordedExits part) => On(part, Candidates);

    /// <summary>Tests of other plans than the chain's by what it claims, e.g. of one that promises nothing.</summary>
    /// <param name="part">A part that had no say in the plans.</param>
    /// <param name="plans">The plans, for the same tiers.</param>
    public PromiseTests On(RecordedExits part, IReadOnlyList<PromiseCandidate> plans)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(plans);
        var losses = new PartLosses(part.Gold, Reference.Run(part).Labels, Claims, _options.MaxCost, part.Exits[^1]);
        return new PromiseTests(
            [
                .. plans.Select(plan => new Lazy<TestedPlan>(() =>
                {
                    var run = plan.Run(part);
                    return new TestedPlan(losses.Of(run.Labels, run.Costs, run.Exits), run.MeanCost);
                })),
            ],
            part.Count, samples: null, _options.Seed);
    }
}
