using Dimec.Planning.Candidates;
using Dimec.Planning.Gains;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Policies.Resuming;

namespace Dimec.Planning;

/// <summary>
/// Makes plans on the selection part: every policy's sweep is run over it, and the cheapest point is taken whose accuracy drop against
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
    /// <exception cref="InputException">An option is out of range, a tier's depth has no recorded exit,
    /// or the map does not fit the tiers or the options, all together; or the given plan is for other tiers.</exception>
    public Planner(PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Request = request;
        request.Given?.RequireTiersOf(request.Costs);
        var fitting = request.Fitting();
        _score = new CandidateScore(fitting, request.Options.Reference);
        _fitting = fitting with { EndsStacked = _score.StackedIsNoWorse };
        _singleTiers = [.. Fitters.Where(fitter => fitter.Policy.Kind == PolicyKind.SingleTier && fitter.Lack(_fitting) is null)
            .SelectMany(fitter => _score.Frontier(fitter, _fitting))];
    }

    /// <summary>What is planned from.</summary>
    public PlanRequest Request { get; }

    private IEnumerable<IPolicyFitter> Fitters => Request.Policies.For(Request.Costs);

    /// <summary>Plans one policy.</summary>
    /// <param name="policy">A policy's name, or <see cref="PolicyList.Any"/> for the cheapest plan of all contenders.</param>
    /// <returns>The plan, with what the selection part tells of its drop;
    /// or the sentence that says why the allowed drop cannot be met with these data.</returns>
    /// <exception cref="InputException">No policy has the name, it is a bound that cannot be served,
    /// or it needs what the request lacks.</exception>
    public PlanOutcome Plan(string policy)
    {
        if (policy == PolicyList.Any)
            return Cheapest(out var frontier) is { } cheapest ? Judged(cheapest) : NotPossible(frontier);
        var fitter = Find(policy);
        if (fitter.Policy.Kind == PolicyKind.Bound)
        {
            throw new InputException(
                "policy", $"'{policy}' knows the true classes and cannot be served", "plan another policy; evaluations show it as a bound");
        }

        if (Lack(fitter) is { } lack)
            throw new InputException([lack]);
        // One and the same outcome, however often it is asked for.
        return OutcomeOf(fitter) is PlanOutcome.Planned { IsGiven: false, Plan.Expected.DropInterval: null } planned
            ? _outcomes[policy] = Judged(planned)
            : OutcomeOf(fitter);
    }

    /// <summary>
    /// One outcome for every policy, in the order of tables. A policy with nothing to choose (a single tier, the random control, the
    /// oracle) is there as it is, whatever its drop, and so is the plan that was given;
    /// one that needs what the request lacks is not possible.
    /// </summary>
    public IReadOnlyList<PlanOutcome> PlanAll() => [.. Fitters.Select(RowOf)];

    /// <summary>A plan as it stands, with what it does on the selection part and what it is compared with.</summary>
    /// <param name="fitter">The policy.</param>
    /// <param name="parameters">Its parameters.</param>
    internal PlanOutcome.Planned Of(IPolicyFitter fitter, PolicyParameters parameters)
    {
        var measured = fitter.CreateMeasured(parameters, Request.Costs, _fitting.Selection, Request.Costs);
        return Planned(fitter, new FrontierPoint(fitter.Policy, parameters, _score.Of(measured)), []);
    }

    /// <summary>
    /// What the selection part tells of a drop takes thousands of resamples, so only a plan that is asked for by name is judged.
    /// </summary>
    private PlanOutcome.Planned Judged(PlanOutcome.Planned planned)
    {
        var plan = planned.Plan;
        var againstCloud = _score.Evidence(plan, Request.Policies, stacked: false);
        var againstStacked = plan.Expected.StackedDrop is null ? null : _score.Evidence(plan, Request.Policies, stacked: true);
        var evidence = _score.StackedIsBetter && plan.Needs.ExitZero ? againstStacked! : againstCloud;
        // What always is the last tier has no drop, however few the samples.
        var doubt = plan.FitterIn(Request.Policies).IsLastTier(plan.Parameters, plan.Costs)
            ? null
            : evidence.Doubt(Request.Options.MaxDrop);
        return planned with
        {
            Plan = plan with
            {
                Expected = plan.Expected with
                {
                    DropInterval = againstCloud.Interval,
                    StackedDropInterval = againstStacked?.Interval,
                    N = evidence.N,
                },
                Notes = doubt is null ? plan.Notes : [doubt, .. plan.Notes],
            },
        };
    }

    private PlanOutcome.Planned? Cheapest(out IReadOnlyList<FrontierPoint> frontier)
    {
        var served = Request.Policies.Chosen(Request.Costs);
        PlanOutcome[] contenders = [.. served.Where(fitter => Lack(fitter) is null).Select(OutcomeOf)];
        frontier = [.. contenders.SelectMany(outcome => outcome.Frontier).OrderBy(point => point.Outcome.Cost)];
        // Who can be had stacked is what everybody is measured against; without anybody who looks at exit 0 that is the cloud.
        var stacked = frontier.Any(IsStacked);
        var best = contenders
            .OfType<PlanOutcome.Planned>()
            .Where(outcome => !stacked || CandidateScore.Drop(outcome.Plan.Expected, stacked) <= Request.Options.MaxDrop)
            .OrderBy(outcome => outcome.Plan.Expected.Cost)
            .ThenBy(outcome => outcome.Plan.Expected.Drop)
            .FirstOrDefault();
        if (best is null)
            return null;
        var leftOut = served.Select(fitter => (fitter.Policy.Name, Lack: Lack(fitter))).Where(policy => policy.Lack is not null);
        return best with
        {
            Frontier = frontier,
            Plan =
                best.Plan with { Notes = [.. best.Plan.Notes, .. leftOut.Select(policy => $"{policy.Name} was left out. {policy.Lack}")] },
        };
    }

    /// <summary>What a policy needs and the request lacks; null where nothing is lacking.</summary>
    private InputError? Lack(IPolicyFitter fitter) =>
        IsGiven(fitter) ? null : fitter.RepeatsSharesOf is { } other ? Lack(Find(other)) : fitter.Lack(_fitting);

    private IPolicyFitter Find(string policy) => Request.Policies.Find(policy, Request.Costs, "policy");

    private bool IsGiven(IPolicyFitter fitter) => Request.Given?.Policy == fitter.Policy.Name;

    private PlanOutcome RowOf(IPolicyFitter fitter)
    {
        if (Lack(fitter) is { } lack)
            return new PlanOutcome.NotPossible($"{lack}") { Policy = fitter.Policy.Name, Frontier = [] };
        var outcome = OutcomeOf(fitter);
        return outcome is PlanOutcome.NotPossible && outcome.Frontier is [var only] && fitter.Policy.Kind != PolicyKind.Contender
            ? Planned(fitter, only, outcome.Frontier)
            : outcome;
    }

    private PlanOutcome OutcomeOf(IPolicyFitter fitter)
    {
        var name = fitter.Policy.Name;
        if (_outcomes.TryGetValue(name, out var known))
            return known;
        var frontier = _score.Frontier(
            fitter, fitter.RepeatsSharesOf is { } other ? _fitting with { RepeatedShares = SharesOf(other) } : _fitting);
        if (IsGiven(fitter))
            return _outcomes[name] = Given(fitter, Request.Given!, frontier);
        FrontierPoint[] kept = [.. frontier.Where(Meets)];
        return _outcomes[name] =
            kept.Length == 0 ? NotPossible(fitter, frontier) : Planned(fitter, Best(fitter, frontier, kept), frontier);
    }

    /// <summary>Of the candidates that keep the drop, cheapest first, the one that is expected to keep it on other samples too.</summary>
    private FrontierPoint Best(IPolicyFitter fitter, IReadOnlyList<FrontierPoint> frontier, FrontierPoint[] kept)
    {
        if (kept.All(point => point.DropError is not null))
            return WithMargin(kept);
        return IsHeldOut(fitter, frontier)
            ? HeldOutLimit.Best(kept, new HeldOutLimit(_fitting, Request.Options).Of(fitter))
            : kept[0];
    }

    /// <summary>The cheapest whose drop is below the limit by the margin; where none is, the one that comes nearest to that.</summary>
    private FrontierPoint WithMargin(FrontierPoint[] kept)
    {
        double Widened(FrontierPoint point) => Drop(point) + (Request.Options.Margin * point.DropError!.Value);
        return kept.FirstOrDefault(point => Widened(point) <= Request.Options.MaxDrop) ?? kept.MinBy(Widened)!;
    }

    private IReadOnlyDictionary<string, double>? SharesOf(string policy) =>
        OutcomeOf(Find(policy)) is PlanOutcome.Planned { Plan.Expected.Shares: { Count: > 0 } shares } ? shares : null;

    /// <summary>Whether a policy is asked for less than is allowed, since the cheapest of many candidates keeps that by luck.</summary>
    private bool IsHeldOut(IPolicyFitter fitter, IReadOnlyList<FrontierPoint> frontier) =>
        Request.Options.Halvings > 0 && fitter.Policy.Kind == PolicyKind.Contender && frontier.Any(IsStacked);

    private bool Meets(FrontierPoint point) => Drop(point) <= Request.Options.MaxDrop;

    /// <summary>The drop that is limited.</summary>
    private double Drop(FrontierPoint point) => CandidateScore.Drop(point.Outcome, IsStacked(point));

    /// <summary>Whether it is the one against the stacked cloud.</summary>
    private bool IsStacked(FrontierPoint point) => _score.StackedIsBetter && point.Parameters.Needs(Request.Costs).ExitZero;

    /// <summary>The tiers alone, with their drops against the same reference as a policy's.</summary>
    private IEnumerable<RivalOutcome> SingleTiers(bool stacked) => _singleTiers.Select(point => Rival(point, stacked));

    /// <summary>The frontier of phone → cloud, with drops against the same reference; none for a plan of it.</summary>
    private IEnumerable<RivalOutcome> PhoneClouds(bool stacked, string policy) =>
        policy != PolicyList.PhoneCloud
        && Fitters.FirstOrDefault(fitter => fitter.Policy.Name == PolicyList.PhoneCloud) is { } phone && Lack(phone) is null
            ? OutcomeOf(phone).Frontier.Select(point => Rival(point, stacked))
            : [];

    private static RivalOutcome Rival(FrontierPoint point, bool stacked) =>
        new(point.Policy, point.Outcome.Cost, point.Outcome.Reduction, CandidateScore.Drop(point.Outcome, stacked));

    private PlanOutcome.Planned Given(IPolicyFitter fitter, Plan plan, IReadOnlyList<FrontierPoint> frontier)
    {
        var measured = fitter.CreateMeasured(plan.Parameters, plan.Costs, _fitting.Selection, Request.Costs);
        return Planned(fitter, new FrontierPoint(plan.Factory, plan.Parameters, _score.Of(measured)), frontier) with
        {
            Plan = plan,
            IsGiven = true,
        };
    }

    private PlanOutcome.Planned Planned(IPolicyFitter fitter, FrontierPoint point, IReadOnlyList<FrontierPoint> frontier)
    {
        var stacked = IsStacked(point);
        var single = CheapestRival.Of(SingleTiers(stacked), point.Policy, Drop(point), Request.Options.MaxDrop);
        var phone = CheapestRival.Of(PhoneClouds(stacked, point.Policy), point.Policy, Drop(point), Request.Options.MaxDrop);
        RoutingGain? Gain(RivalOutcome? rival) =>
            rival is null ? null : RoutingGain.Of(point.Outcome.Reduction, point.Outcome.Places, rival.Reduction);
        var plan = new Plan
        {
            Factory = fitter.Policy,
            Parameters = point.Parameters,
            Costs = Request.Costs,
            MaxDrop = Request.Options.MaxDrop,
            HiddenStates = fitter.Policy.Resumes
                ? new HiddenStateTransfer(Request.Options.HiddenStateFormat, Request.Options.CompressHiddenStates)
                : new HiddenStateTransfer(),
            Expected = point.Outcome,
            MadeFrom = Request.MadeFrom,
            Exits = Request.Exits,
            Notes =
            [
                .. fitter.Notes(point.Parameters, Request.Costs),
                .. fitter.SearchNotes(_fitting),
                .. Notes(fitter.Policy, point, single, phone),
            ],
        };
        return new PlanOutcome.Planned(plan)
        {
            Policy = fitter.Policy.Name,
            Frontier = frontier,
            KeepsDrop = Meets(point),
            MaxDrop = Request.Options.MaxDrop,
            BestSingleTier = single?.Name,
            Gain = Gain(single),
            PhoneCloudGain = Gain(phone),
            IsHeldToStackedCloud = stacked,
        };
    }

    private IEnumerable<string> Notes(IPolicyFactory policy, FrontierPoint point, RivalOutcome? single, RivalOutcome? phone)
    {
        if (policy.Kind != PolicyKind.SingleTier && RoutingGain.DegenerateIn(point.Outcome.Places) is { } name)
        {
            var share = point.Outcome.Places.First(place => place.Name == name).Share;
            yield return PlanWords.Sentence($"Degenerate: {share:P1} of the samples go to {name}, so the policy hardly chooses.");
        }

        if (Request.Costs.Links.Count > 0 && !policy.Resumes)
        {
            yield return "The costs' links are kept and not charged: they are for tiers that go on from a hidden state, "
                + $"and with {policy.Name} every tier starts from the text.";
        }

        foreach (var rival in new[] { single, phone }.OfType<RivalOutcome>())
        {
            var saves = RoutingGain.Of(point.Outcome.Reduction, point.Outcome.Places, rival.Reduction).Saves;
            if (policy.Kind != PolicyKind.Contender || saves)
                continue;
            yield return $"No gain: {(rival == phone ? rival.Name : $"{rival.Name} alone")} meets a drop of "
                + $"{PlanWords.Points(Request.Options.MaxDrop)} at {Cost(rival.Cost)} a sample, "
                + $"where this plan costs {PlanWords.Number(point.Outcome.Cost, 3)}.";
        }

        if (policy.NotServed is { } reason)
            yield return $"Not served: {policy.Name} {reason}. 'dimec export' refuses this plan; it is there to be compared with.";
    }

    private PlanOutcome.NotPossible NotPossible(IPolicyFitter fitter, IReadOnlyList<FrontierPoint> frontier)
    {
        var (name, kind) = (fitter.Policy.Name, fitter.Policy.Kind);
        if (frontier.Count == 0)
        {
            return new PlanOutcome.NotPossible(
                $"There is no candidate for {name}: it takes the shares of the plan of {fitter.RepeatsSharesOf}, and there is none.")
            {
                Policy = name,
                Frontier = frontier,
            };
        }

        var (limit, nearest) = (PlanWords.Points(Request.Options.MaxDrop), Nearest(frontier));
        var reason = kind switch
        {
            PolicyKind.Contender =>
                $"No setting of {name} that was tried keeps the drop on the selection part at or below {limit}: "
                + $"the smallest is {PlanWords.Points(Drop(nearest))} at {Cost(nearest)} a sample.",
            PolicyKind.SingleTier =>
                $"On the selection part {name} alone has a drop of {PlanWords.Points(Drop(nearest))} "
                + $"at {Cost(nearest)} a sample, where at most {limit} are allowed.",
            _ => $"On the selection part {name} has a drop of {PlanWords.Points(Drop(nearest))} "
                + $"at {Cost(nearest)} a sample, where at most {limit} are allowed.",
        };
        return new PlanOutcome.NotPossible(reason) { Policy = name, Frontier = frontier };
    }

    /// <summary>No policy will do, of all that were tried.</summary>
    private PlanOutcome.NotPossible NotPossible(IReadOnlyList<FrontierPoint> frontier)
    {
        var nearest = Nearest(frontier);
        var tried = string.Join(", ", frontier.Select(point => point.Policy).Distinct().Order(StringComparer.Ordinal));
        return new PlanOutcome.NotPossible(
            "No policy that can be served keeps the drop on the selection part at or below "
            + $"{PlanWords.Points(Request.Options.MaxDrop)}: of {tried} the smallest is "
            + $"{PlanWords.Points(Drop(nearest))}, by {nearest.Policy} at {Cost(nearest)} a sample.")
        { Policy = PolicyList.Any, Frontier = frontier };
    }

    private FrontierPoint Nearest(IReadOnlyList<FrontierPoint> frontier) => frontier.MinBy(Drop)!;

    private string Cost(FrontierPoint point) => Cost(point.Outcome.Cost);

    private string Cost(double cost) => PlanWords.Cost(cost, Request.Costs.Unit);
}
