using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Bandits;

/// <summary>
/// SplitEE: each arm is a layer with an exit. The sample runs as far as the arm's layer i, on the cheapest tier that holds it; where the
/// exit's confidence C_i is at least a threshold, or i is the last layer, it answers; else the last tier does, starting over unless the
/// sample is on it already. The reward is C of the exit that answers − μ_c · cost of all work.
/// UCB with c = 1 learns the arm without labels.
/// </summary>
internal sealed class SplitBanditFitter() : SearchFitter<SplitBanditParameters>(new SplitBanditFactory()), IBanditFitter
{
    private const double Bonus = 1;

    public override string Source =>
        "Bandit over split points: Bajpai, Trivedi, Yadav, Hanawal 2023 (SplitEE, arXiv 2309.09195), with all work charged.";

    public override IReadOnlyList<FittedCandidate> Candidates(PolicyFitting fitting)
    {
        var (part, costs, seed) = (fitting.Selection, fitting.Costs, fitting.Options.Seed);
        var outcomes = Outcomes(part, costs);
        var candidates =
            from threshold in BanditGrids.Thresholds
            let table = fitting.Memory.GetOrAdd(
                (nameof(SplitBanditFitter), part, seed, threshold, costs.Tiers[^1].Depth),
                () => BanditTable.OfSplits(part, Exits(part, costs), threshold, BanditTable.OrderOf(fitting)))
            let stream = new BanditStream(part, table, outcomes)
            from weight in BanditGrids.Weights(fitting)
            select ((PolicyParameters)new SplitBanditParameters(threshold, weight, seed), stream.Play(weight, Bonus));
        return BanditGrids.Best(candidates, fitting);
    }

    public override IPolicy CreateMeasured(
        SplitBanditParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs) =>
            Stream(part, costs, parameters.Threshold, BanditTable.OrderOf(part, parameters.Seed)).Replay(parameters.RewardWeight, Bonus);

    public IReadOnlyList<double> Regret(PolicyParameters parameters, RecordedExits part, CostStructure costs, int orders)
    {
        var (threshold, weight, seed) = Own(parameters);
        return BanditGrids.Mean(orders, order => Stream(
            part, costs, threshold, BanditTable.OrderOf(part, seed + order)).Regret(weight, Bonus));
    }

    private static BanditStream Stream(RecordedExits part, CostStructure costs, double threshold, int[] order) =>
        new(part, BanditTable.OfSplits(part, Exits(part, costs), threshold, order), Outcomes(part, costs));

    /// <summary>The exits that are arms, by their places among the recorded ones.</summary>
    private static int[] Exits(RecordedExits part, CostStructure costs) =>
        [.. Enumerable.Range(0, TierExits.Of(costs, part)[^1] + 1)];

    /// <summary>Every arm's sample that stays where it is; and after these every arm's that goes on.</summary>
    private static BanditOutcome[] Outcomes(RecordedExits part, CostStructure costs)
    {
        var (cloud, depth, exits) = (costs.Tiers.Count - 1, costs.Tiers[^1].Depth, Exits(part, costs));
        var (stays, goesOn) = (new List<BanditOutcome>(), new List<BanditOutcome>());
        foreach (var exit in exits)
        {
            var layer = part.Exits[exit];
            var tier = layer == depth ? cloud : ExitWalk.TierOf(layer, costs);
            var here = TierWork.OfText(tier, layer);
            var further = tier == cloud ? TierWork.Further(cloud, layer, depth) : TierWork.OfText(cloud, depth);
            var paid = costs.Of(here);
            var all = paid + (layer == depth ? 0 : costs.Of(further));
            stays.Add(new BanditOutcome([here], exit, paid, paid));
            goesOn.Add(new BanditOutcome([here, further], exits[^1], all, all));
        }

        return [.. stays, .. goesOn];
    }
}
