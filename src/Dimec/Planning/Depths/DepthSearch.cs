using Dimec.Costs;
using Dimec.Policies;
using Dimec.Policies.Hybrid;
using Dimec.Policies.Ladder;

namespace Dimec.Planning.Depths;

/// <summary>
/// Which depths should the tiers before the last have? A policy is planned at every set of depths that the run recorded exits for, at the
/// same costs a layer and the same costs of offloading, and the cheapest plan is taken. No set is left out. A first tier on which no layer
/// is ever needed, exit 0 alone on the phone, is among them.
/// </summary>
public sealed class DepthSearch
{
    private DepthSearch(IReadOnlyList<DepthChoice> tried, DepthChoice best) => (Tried, Best) = (tried, best);

    /// <summary>Every set of depths, those with the fewest layers first.</summary>
    public IReadOnlyList<DepthChoice> Tried { get; }

    /// <summary>
    /// The one whose plan costs least; of equals the one with the smaller drop, and then the one with the fewest layers. Where there is no
    /// plan at all, the first.
    /// </summary>
    public DepthChoice Best { get; }

    /// <summary>Searches.</summary>
    /// <param name="request">What is planned from: its costs say what layers and offloading cost, how many tiers there are, and how deep
    /// the last one is. A plan that is given is not looked at.</param>
    /// <param name="policy">The policy's name, or <see cref="PolicyList.Any"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">There are fewer exits than tiers, or as for planning at any of the depths.</exception>
    public static DepthSearch Of(PlanRequest request, string policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var tried = new List<DepthChoice>();
        foreach (var at in Requests(request))
        {
            cancellationToken.ThrowIfCancellationRequested();
            tried.Add(new DepthChoice([.. at.Costs.Tiers.Select(tier => tier.Depth)], new Planner(at).Plan(policy)));
        }

        var best = tried
            .Where(choice => choice.Outcome is PlanOutcome.Planned)
            .OrderBy(choice => ((PlanOutcome.Planned)choice.Outcome).Plan.Expected.Cost)
            .ThenBy(choice => ((PlanOutcome.Planned)choice.Outcome).Plan.Expected.Drop)
            .FirstOrDefault();
        return new DepthSearch(tried, best is null ? tried[0] : best with { Outcome = Noted((PlanOutcome.Planned)best.Outcome, tried) });
    }

    /// <summary>The same request at every set of depths, those with the fewest layers first.</summary>
    /// <param name="request">What is planned from; a plan that is given is not looked at.</param>
    /// <exception cref="InputException">There are fewer exits than tiers.</exception>
    public static IReadOnlyList<PlanRequest> Requests(PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return [.. Sets(request).Select(depths => request with { Costs = At(request.Costs, depths), Given = null })];
    }

    /// <summary>The costs with other depths; costs of layers and of offloading stay as they are.</summary>
    private static CostStructure At(CostStructure costs, int[] depths) =>
        new(costs.Unit, [.. costs.Tiers.Select((tier, t) => tier with { Depth = depths[t] })], costs.Links);

    private static IReadOnlyList<int[]> Sets(PlanRequest request)
    {
        var (exits, tiers) = (request.Selection.Exits, request.Costs.Tiers);
        int[] before = [.. exits.Exits.Where(exit => exit < tiers[^1].Depth)];
        if (before.Length < tiers.Count - 1)
        {
            throw new InputException(
                $"predictions/{exits.Part}.jsonl",
                $"has {before.Length} exits before layer {tiers[^1].Depth}, where {tiers.Count - 1} tiers need one each",
                $"train with more {OptionNames.Of(TrainingOption.Exits)}, or use costs with fewer tiers");
        }

        IEnumerable<int[]> sets = [[]];
        for (var tier = 0; tier < tiers.Count - 1; tier++)
        {
            sets = sets.SelectMany(chosen => before
                .Where(exit => chosen.Length == 0 || exit > chosen[^1])
                .Select(exit => (int[])[.. chosen, exit]));
        }

        return [.. sets.Select(chosen => (int[])[.. chosen, tiers[^1].Depth]).OrderBy(depths => depths.Sum())];
    }

    /// <summary>Says in the plan what was chosen, and among what.</summary>
    private static PlanOutcome.Planned Noted(PlanOutcome.Planned planned, List<DepthChoice> tried)
    {
        var plan = planned.Plan;
        var chosen = string.Join(", ", plan.Costs.Tiers.SkipLast(1).Select(tier => $"{tier.Name} {tier.Depth}"));
        var costs = tried.Select(choice => (choice.Outcome as PlanOutcome.Planned)?.Plan.Expected.Cost).OfType<double>().ToArray();
        var note = PlanWords.Sentence($"The depths were chosen on the selection part among {tried.Count}: {chosen}. ")
            + $"The dearest of the {costs.Length} that had a plan costs {PlanWords.Cost(costs.Max(), plan.Costs.Unit)} a sample.";
        string[] alone = RunsLayersOnFirst(plan)
            ? []
            : [$"No layer is ever run on {plan.Costs.Tiers[0].Name}: exit 0 alone is enough there, and its depth stands for nothing."];
        return planned with { Plan = plan with { Notes = [note, .. alone, .. plan.Notes] } };
    }

    private static bool RunsLayersOnFirst(Plan plan) => plan.Parameters switch
    {
        LadderParameters ladder => ladder.Stops.Any(stop => stop is { Tier: 0, Exit: > 0 }),
        HybridParameters hybrid => hybrid.Stops.Any(stop => stop is { Tier: 0, Exit: > 0 }),
        _ => plan.Costs.IndexOf(plan.Policy) <= 0,
    };
}
