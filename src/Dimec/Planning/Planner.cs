using Dimec.Planning.Candidates;
using Dimec.Planning.Gains;
using Dimec.Policies;
using Dimec.Policies.Fitting;

namespace Dimec.Planning;

/// <summary>
/// Makes plans on the selection part: every family's sweep is run over it, and the cheapest point is taken whose accuracy drop against
/// the cloud is at most what is allowed (method section 5).
/// </summary>
public sealed class Planner
{
    private readonly PolicyFitting _fitting;
    private readonly CandidateScore _score;
    private readonly IReadOnlyList<FrontierPoint> _singleTiers;
    private readonly Dictionary<string, PlanOutcome> _outcomes = [];

    /// <summary>Checks a request and makes ready to plan.</summary>
    /// <param name="request">What to plan from.</param>
    /// <exception cref="InputException">An option is out of range, a tier's depth has no recorded exit, or the map does not fit the tiers or the options, all together; or the given plan is for other tiers.</exception>
    public Planner(PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Request = request;
        request.Given?.RequireTiersOf(request.Costs);
        _fitting = new PolicyFitting(request.Selection, request.Costs, request.Options, request.Training) { TrainExits = request.TrainExits, SelectionMap = request.SelectionMap, Memory = request.Memory };
        _score = new CandidateScore(_fitting);
        _singleTiers = [.. Families.Where(family => family.Kind == PolicyKind.SingleTier).SelectMany(family => _score.Frontier(family, _fitting))];
    }

    /// <summary>What is planned from.</summary>
    public PlanRequest Request { get; }

    private IEnumerable<IPolicyFamily> Families => PolicyList.For(Request.Costs);

    /// <summary>Plans one policy.</summary>
    /// <param name="policy">A policy's name, or <see cref="PolicyList.Any"/> for the cheapest plan of all contenders.</param>
    /// <returns>The plan, with what the selection part tells of its drop; or the sentence that says why the allowed drop cannot be met with these data.</returns>
    /// <exception cref="InputException">No policy has the name, it is a bound that cannot be served, or it needs what the request lacks.</exception>
    public PlanOutcome Plan(string policy)
    {
        if (policy == PolicyList.Any)
            return Cheapest(out var frontier) is { } cheapest ? Judged(cheapest) : NotPossible(frontier);
        var family = Find(policy);
        if (family.Kind == PolicyKind.Bound)
            throw new InputException("policy", $"'{policy}' knows the true classes and cannot be served", "plan another policy; evaluations show it as a bound");
        if (Lack(family) is { } lack)
            throw new InputException([lack]);
        // One and the same outcome, however often it is asked for.
        return OutcomeOf(family) is PlanOutcome.Planned { IsGiven: false, Plan.Expected.DropInterval: null } planned ? _outcomes[policy] = Judged(planned) : OutcomeOf(family);
    }

    /// <summary>
    /// One outcome for every policy, in the order of tables. A policy with nothing to choose (a single tier, the random control, the
    /// oracle) is there as it is, whatever its drop, and so is the plan that was given; one that needs what the request lacks is not possible.
    /// </summary>
    public IReadOnlyList<PlanOutcome> PlanAll() => [.. Families.Select(RowOf)];

    /// <summary>What the selection part tells of a drop takes thousands of resamples, so only a plan that is asked for by name is judged.</summary>
    private PlanOutcome.Planned Judged(PlanOutcome.Planned planned)
    {
        var (plan, evidence) = (planned.Plan, _score.EvidenceOf(planned.Plan));
        // What always is the last tier has no drop, however few the samples.
        var doubt = plan.Family("plan").IsLastTier(plan.Parameters, plan.Costs) ? null : evidence.Doubt(Request.Options.MaxDrop);
        return planned with
        {
            Plan = plan with
            {
                Expected = plan.Expected with { DropInterval = evidence.Interval, N = evidence.N },
                Notes = doubt is null ? plan.Notes : [doubt, .. plan.Notes],
            },
        };
    }

    private PlanOutcome.Planned? Cheapest(out IReadOnlyList<FrontierPoint> frontier)
    {
        IPolicyFamily[] families = [.. Families.Where(family => family.Kind is PolicyKind.SingleTier or PolicyKind.Contender && family.NotServed is null)];
        PlanOutcome[] contenders = [.. families.Where(family => Lack(family) is null).Select(OutcomeOf)];
        frontier = [.. contenders.SelectMany(outcome => outcome.Frontier).OrderBy(point => point.Outcome.Cost)];
        var best = contenders.OfType<PlanOutcome.Planned>().OrderBy(outcome => outcome.Plan.Expected.Cost).ThenBy(outcome => outcome.Plan.Expected.Drop).FirstOrDefault();
        if (best is null)
            return null;
        var leftOut = families.Select(family => (family.Name, Lack: Lack(family))).Where(family => family.Lack is not null);
        return best with
        {
            Frontier = frontier,
            Plan = best.Plan with { Notes = [.. best.Plan.Notes, .. leftOut.Select(family => $"{family.Name} was left out. {family.Lack}")] },
        };
    }

    /// <summary>What a family needs and the request lacks; null where nothing is lacking.</summary>
    private InputError? Lack(IPolicyFamily family) =>
        IsGiven(family) ? null : family.RepeatsSharesOf is { } other ? Lack(Find(other)) : family.Lack(_fitting);

    private IPolicyFamily Find(string policy) => PolicyList.Find(policy, Request.Costs, "policy");

    private bool IsGiven(IPolicyFamily family) => Request.Given?.Policy == family.Name;

    private PlanOutcome RowOf(IPolicyFamily family)
    {
        if (Lack(family) is { } lack)
            return new PlanOutcome.NotPossible($"{lack}") { Policy = family.Name, Frontier = [] };
        var outcome = OutcomeOf(family);
        return outcome is PlanOutcome.NotPossible && outcome.Frontier is [var only] && family.Kind != PolicyKind.Contender ? Planned(family, only, outcome.Frontier) : outcome;
    }

    private PlanOutcome OutcomeOf(IPolicyFamily family)
    {
        if (_outcomes.TryGetValue(family.Name, out var known))
            return known;
        var frontier = _score.Frontier(family, family.RepeatsSharesOf is { } other ? _fitting with { RepeatedShares = SharesOf(other) } : _fitting);
        if (IsGiven(family))
            return _outcomes[family.Name] = Given(family, Request.Given!, frontier);
        var best = frontier.Where(Meets).OrderBy(point => point.Outcome.Cost).ThenBy(point => point.Outcome.Drop).FirstOrDefault();
        return _outcomes[family.Name] = best is null ? NotPossible(family, frontier) : Planned(family, best, frontier);
    }

    private IReadOnlyDictionary<string, double>? SharesOf(string policy) => OutcomeOf(Find(policy)) is PlanOutcome.Planned planned ? planned.Plan.Expected.Shares : null;

    private bool Meets(FrontierPoint point) => point.Outcome.Drop <= Request.Options.MaxDrop;

    private PlanOutcome.Planned Given(IPolicyFamily family, Plan plan, IReadOnlyList<FrontierPoint> frontier) =>
        Planned(family, new FrontierPoint(plan.Policy, plan.Parameters, _score.Of(family.CreateMeasured(plan.Parameters, plan.Costs, _fitting.Selection, Request.Costs))), frontier) with { Plan = plan, IsGiven = true };

    private PlanOutcome.Planned Planned(IPolicyFamily family, FrontierPoint point, IReadOnlyList<FrontierPoint> frontier)
    {
        var single = _singleTiers.Where(Meets).MinBy(tier => tier.Outcome.Cost);
        var gain = single is null ? null : RoutingGain.Of(point.Outcome.Reduction, point.Outcome.Shares, single.Outcome.Reduction);
        var plan = new Plan
        {
            Policy = family.Name,
            Parameters = point.Parameters,
            Costs = Request.Costs,
            MaxDrop = Request.Options.MaxDrop,
            Expected = point.Outcome,
            MadeFrom = Request.MadeFrom,
            Notes = [.. family.Notes(point.Parameters), .. family.SearchNotes(_fitting), .. Notes(family, point, single, gain)],
        };
        return new PlanOutcome.Planned(plan) { Policy = family.Name, Frontier = frontier, BestSingleTier = single?.Policy, Gain = gain };
    }

    private IEnumerable<string> Notes(IPolicyFamily family, FrontierPoint point, FrontierPoint? single, RoutingGain? gain)
    {
        if (family.Kind != PolicyKind.SingleTier && RoutingGain.DegenerateIn(point.Outcome.Shares) is { } tier)
            yield return PlanWords.Sentence($"Degenerate: {point.Outcome.Shares[tier]:P1} of the samples go to {tier}, so the policy hardly chooses.");
        if (Request.Costs.Links.Count > 0)
            yield return $"The costs' links are kept and not charged: they are for tiers that go on from a hidden state, and with {family.Name} every tier starts from the text.";
        if (family.Kind == PolicyKind.Contender && single is not null && gain is { Saves: false })
            yield return $"No gain: {single.Policy} alone meets a drop of {PlanWords.Points(Request.Options.MaxDrop)} at {Cost(single)} a sample, where this plan costs {PlanWords.Number(point.Outcome.Cost, 3)}.";
        if (family.NotServed is { } reason)
            yield return $"Not served: {family.Name} {reason}. 'dimec export' refuses this plan; it is there to be compared with.";
    }

    private PlanOutcome.NotPossible NotPossible(IPolicyFamily family, IReadOnlyList<FrontierPoint> frontier)
    {
        if (frontier.Count == 0)
            return new PlanOutcome.NotPossible($"There is no candidate for {family.Name}: it takes the shares of the plan of {family.RepeatsSharesOf}, and there is none.") { Policy = family.Name, Frontier = frontier };
        var (limit, nearest) = (PlanWords.Points(Request.Options.MaxDrop), Nearest(frontier));
        var reason = family.Kind switch
        {
            PolicyKind.Contender => $"No setting of {family.Name} that was tried keeps the drop on the selection part at or below {limit}: the smallest is {PlanWords.Points(nearest.Outcome.Drop)} at {Cost(nearest)} a sample.",
            PolicyKind.SingleTier => $"On the selection part {family.Name} alone has a drop of {PlanWords.Points(nearest.Outcome.Drop)} at {Cost(nearest)} a sample, where at most {limit} are allowed.",
            _ => $"On the selection part {family.Name} has a drop of {PlanWords.Points(nearest.Outcome.Drop)} at {Cost(nearest)} a sample, where at most {limit} are allowed.",
        };
        return new PlanOutcome.NotPossible(reason) { Policy = family.Name, Frontier = frontier };
    }

    /// <summary>No policy will do, of all that were tried.</summary>
    private PlanOutcome.NotPossible NotPossible(IReadOnlyList<FrontierPoint> frontier)
    {
        var nearest = Nearest(frontier);
        var tried = string.Join(", ", frontier.Select(point => point.Policy).Distinct().Order(StringComparer.Ordinal));
        return new PlanOutcome.NotPossible(
            $"No policy that can be served keeps the drop on the selection part at or below {PlanWords.Points(Request.Options.MaxDrop)}: of {tried} the smallest is {PlanWords.Points(nearest.Outcome.Drop)}, by {nearest.Policy} at {Cost(nearest)} a sample.")
        { Policy = PolicyList.Any, Frontier = frontier };
    }

    private static FrontierPoint Nearest(IReadOnlyList<FrontierPoint> frontier) => frontier.MinBy(point => point.Outcome.Drop)!;

    private string Cost(FrontierPoint point) => PlanWords.Cost(point.Outcome.Cost, Request.Costs.Unit);
}
