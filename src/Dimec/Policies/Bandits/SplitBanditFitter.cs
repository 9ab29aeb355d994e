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
internal sealed class SplitBanditFitter() : PolicyFitter<SplitBanditParameters>(new SplitBanditFactory()), IBanditFitter
{
    private const double Bonus = 1;

    public override string Source =>
        "Bandit over split points: Bajpai, Trivedi, Yadav, Hanawal 2023 (SplitEE, arXiv 2309.09195), with all work charged.";

    public override IReadOnlyList<SplitBanditParameters> Fit(PolicyFitting fitting)
    {
        var seed = fitting.Options.Seed;
        var candidates =
            from threshold in BanditGrids.Thresholds
            let stream = Stream(fitting.Selection, fitting.Costs, threshold, BanditStream.OrderOf(fitting))
            from weight in BanditGrids.Weights(fitting)
            select (Parameters: new SplitBanditParameters(threshold, weight, seed), Arms: stream.Play(weight, Bonus));
        return BanditGrids.Best(candidates, fitting);
    }

    public override IPolicy CreateMeasured(
        SplitBanditParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs) =>
            Stream(part, costs, parameters.Threshold, BanditStream.OrderOf(part, parameters.Seed)).Replay(parameters.RewardWeight, Bonus);

    public IReadOnlyList<double> Regret(PolicyParameters parameters, RecordedExits part, CostStructure costs, int orders)
    {
        var (threshold, weight, seed) = Own(parameters);
        return BanditGrids.Mean(orders, order => Stream(
            part, costs, threshold, BanditStream.OrderOf(part, seed + order)).Regret(weight, Bonus));
    }

    private static BanditStream Stream(RecordedExits part, CostStructure costs, double threshold, int[] order)
    {
        var cloud = costs.Tiers.Count - 1;
        var (depth, last) = (costs.Tiers[^1].Depth, TierExits.Of(costs, part)[^1]);
        var layers = part.Exits.Where(layer => layer <= depth).ToArray();
        int[] exits = [.. layers.Select(part.IndexOfExit)];
        int[] tiers = [.. layers.Select(layer => layer == depth ? cloud : ExitWalk.TierOf(layer, costs))];
        PolicyStep[][] stays = [.. layers.Select((layer, arm) => (PolicyStep[])[PolicyStep.RunOn(tiers[arm], layer)])];
        PolicyStep[][] goesOn = [.. stays.Select(steps => (PolicyStep[])[.. steps, PolicyStep.RunOn(cloud, depth)])];
        double[] paid = [.. layers.Select((layer, arm) => costs.Of(tiers[arm], 0, layer))];
        double[] more = [.. layers.Select((layer, arm) => costs.Of(cloud, tiers[arm] == cloud ? layer : 0, depth))];
        return new BanditStream(part, order, layers.Length, (sample, arms) =>
        {
            for (var arm = 0; arm < arms.Length; arm++)
            {
                double sure = part.Answer(sample, exits[arm]).Confidence;
                var all = paid[arm] + more[arm];
                arms[arm] = layers[arm] == depth || sure >= threshold
                    ? new BanditArm(stays[arm], exits[arm], paid[arm], sure, paid[arm])
                    : new BanditArm(goesOn[arm], last, all, part.Answer(sample, last).Confidence, all);
            }
        });
    }
}
