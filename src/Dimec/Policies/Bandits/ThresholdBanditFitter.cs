using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Bandits;

/// <summary>
/// CeeBERT: each arm is a threshold, 0.5, 0.55 … 0.95, for all exits of a confidence cascade. An answer of the first tier earns 0, a
/// later one the confidence that it gained, C of the exit that answers − C of the first, − μ_c · cost of all work after the first tier.
/// UCB with c = 2 learns the arm without labels.
/// </summary>
internal sealed class ThresholdBanditFitter() : PolicyFitter<ThresholdBanditParameters>(new ThresholdBanditFactory()), IBanditFitter
{
    private const double Bonus = 2;

    public override string Source => "Bandit over thresholds: Bajpai, Hanawal 2024 (CeeBERT, arXiv 2405.15039), with all work charged.";

    public override IReadOnlyList<ThresholdBanditParameters> Fit(PolicyFitting fitting)
    {
        var seed = fitting.Options.Seed;
        var stream = Stream(fitting.Selection, fitting.Costs, BanditStream.OrderOf(fitting));
        var candidates = BanditGrids.Weights(fitting)
            .Select(weight => (new ThresholdBanditParameters(weight, seed), stream.Play(weight, Bonus)));
        return BanditGrids.Best(candidates, fitting);
    }

    public override IPolicy CreateMeasured(
        ThresholdBanditParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs) =>
            Stream(part, costs, BanditStream.OrderOf(part, parameters.Seed)).Replay(parameters.RewardWeight, Bonus);

    public IReadOnlyList<double> Regret(PolicyParameters parameters, RecordedExits part, CostStructure costs, int orders)
    {
        var (weight, seed) = Own(parameters);
        return BanditGrids.Mean(orders, order => Stream(
            part, costs, BanditStream.OrderOf(part, seed + order)).Regret(weight, Bonus));
    }

    private static BanditStream Stream(RecordedExits part, CostStructure costs, int[] order)
    {
        var exits = TierExits.Of(costs, part);
        PolicyStep[][] steps = [.. exits.Select((_, tier) =>
            Enumerable.Range(0, tier + 1).Select(step => PolicyStep.RunOn(step)).ToArray())];
        double[] paid = [.. exits.Select((_, tier) => Enumerable.Range(0, tier + 1).Sum(costs.Of))];
        return new BanditStream(part, order, BanditGrids.Thresholds.Count, (sample, arms) =>
        {
            double first = part.Answer(sample, exits[0]).Confidence;
            for (var arm = 0; arm < arms.Length; arm++)
            {
                var tier = 0;
                while (tier < exits.Length - 1 && part.Answer(sample, exits[tier]).Confidence < BanditGrids.Thresholds[arm])
                    tier++;
                arms[arm] = new BanditArm(
                    steps[tier], exits[tier], paid[tier], part.Answer(sample, exits[tier]).Confidence - first, paid[tier] - paid[0]);
            }
        });
    }
}
