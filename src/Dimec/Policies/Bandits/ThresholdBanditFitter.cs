using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Bandits;

/// <summary>
/// CeeBERT: each arm is a threshold, 0.5, 0.55 … 0.95, for all exits of a confidence cascade. An answer of the first tier earns 0, a
/// later one the confidence that it gained, C of the exit that answers − C of the first, − μ_c · cost of all work after the first tier.
/// UCB with c = 2 learns the arm without labels.
/// </summary>
internal sealed class ThresholdBanditFitter() : SearchFitter<ThresholdBanditParameters>(new ThresholdBanditFactory()), IBanditFitter
{
    private const double Bonus = 2;

    public override string Source => "Bandit over thresholds: Bajpai, Hanawal 2024 (CeeBERT, arXiv 2405.15039), with all work charged.";

    public override IReadOnlyList<FittedCandidate> Candidates(PolicyFitting fitting)
    {
        var (part, seed) = (fitting.Selection, fitting.Options.Seed);
        var table = fitting.Memory.GetOrAdd(
            (nameof(ThresholdBanditFitter), part, seed, string.Join(',', fitting.Exits)),
            () => Table(part, fitting.Exits, BanditTable.OrderOf(fitting)));
        var stream = new BanditStream(part, table, Outcomes(fitting.Exits, fitting.Costs));
        var candidates = BanditGrids.Weights(fitting)
            .Select(weight => ((PolicyParameters)new ThresholdBanditParameters(weight, seed), stream.Play(weight, Bonus)));
        return BanditGrids.Best(candidates, fitting);
    }

    public override IPolicy CreateMeasured(
        ThresholdBanditParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs) =>
            Stream(part, costs, BanditTable.OrderOf(part, parameters.Seed)).Replay(parameters.RewardWeight, Bonus);

    public IReadOnlyList<double> Regret(PolicyParameters parameters, RecordedExits part, CostStructure costs, int orders)
    {
        var (weight, seed) = Own(parameters);
        return BanditGrids.Mean(orders, order => Stream(
            part, costs, BanditTable.OrderOf(part, seed + order)).Regret(weight, Bonus));
    }

    private static BanditStream Stream(RecordedExits part, CostStructure costs, int[] order)
    {
        var exits = TierExits.Of(costs, part);
        return new BanditStream(part, Table(part, exits, order), Outcomes(exits, costs));
    }

    /// <summary>One for each tier that may answer.</summary>
    private static BanditOutcome[] Outcomes(IReadOnlyList<int> exits, CostStructure costs)
    {
        TierWork[] work = [.. costs.Tiers.Select((tier, place) => TierWork.OfText(place, tier.Depth))];
        double[] paid = [.. work.Select((_, tier) => work.Take(tier + 1).Sum(costs.Of))];
        return [.. exits.Select((exit, tier) => new BanditOutcome(work[..(tier + 1)], exit, paid[tier], paid[tier] - paid[0]))];
    }

    private static BanditTable Table(RecordedExits part, IReadOnlyList<int> exits, int[] order) =>
        new(order, BanditGrids.Thresholds.Count, (sample, outcomes, values) =>
        {
            double first = part.Answer(sample, exits[0]).Confidence;
            for (var arm = 0; arm < outcomes.Length; arm++)
            {
                var tier = 0;
                while (tier < exits.Count - 1 && part.Answer(sample, exits[tier]).Confidence < BanditGrids.Thresholds[arm])
                    tier++;
                outcomes[arm] = (ushort)tier;
                values[arm] = part.Answer(sample, exits[tier]).Confidence - first;
            }
        });
}
