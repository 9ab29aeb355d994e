using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Bandits;

/// <summary>
/// CeeBERT: each arm is a threshold, 0.5, 0.55 … 0.95, for all exits of a confidence cascade. An answer of the first tier earns 0, a
/// later one the confidence that it gained, C of the exit that answers − C of the first, − μ_c · cost of all work after the first tier.
/// UCB with c = 2 learns the arm without labels.
/// </summary>
internal sealed class ThresholdBanditFamily : IBanditFamily
{
    private const double Bonus = 2;

    public string Name => "ceebert";

    public string Source => "Bandit over thresholds: Bajpai, Hanawal 2024 (CeeBERT, arXiv 2405.15039), with all work charged.";

    public PolicyKind Kind => PolicyKind.Contender;

    public string NotServed => "learns from all samples as they come";

    public IReadOnlyList<JsonElement> Fit(PolicyFitting fitting)
    {
        var stream = Stream(fitting.Selection, fitting.Costs, fitting.Options.Seed);
        var candidates = BanditGrids.Weights(fitting).Select(weight => (weight, stream.Play(weight, Bonus)));
        return [.. BanditGrids.Best(candidates, fitting).Select(weight => PolicyParameters.Write(json =>
        {
            json.WriteNumber("rewardWeight", weight);
            json.WriteNumber("seed", fitting.Options.Seed);
        }))];
    }

    public void Check(JsonElement parameters, CostStructure costs, string where) => Read(parameters, where);

    public IPolicy Create(JsonElement parameters, CostStructure costs, string where) =>
        throw new InputException($"{where} policy", $"'{Name}' {NotServed}", "measure it, or plan another policy to serve");

    public IPolicy CreateMeasured(JsonElement parameters, CostStructure planned, RecordedExits part, CostStructure costs)
    {
        var (weight, seed) = Read(parameters, "plan");
        return Stream(part, costs, seed).Replay(weight, Bonus);
    }

    public IReadOnlyList<double> Regret(JsonElement parameters, RecordedExits part, CostStructure costs, int orders)
    {
        var (weight, seed) = Read(parameters, "plan");
        return BanditGrids.Mean(orders, order => Stream(part, costs, seed + order).Regret(weight, Bonus));
    }

    private static (double Weight, int Seed) Read(JsonElement parameters, string where) =>
        PolicyParameters.Read(parameters, where, json => (json.Number("rewardWeight") ?? 0, json.Integer("seed") ?? 0));

    private static BanditStream Stream(RecordedExits part, CostStructure costs, int seed)
    {
        var exits = TierExits.Of(costs, part);
        PolicyStep[][] steps = [.. exits.Select((_, tier) => Enumerable.Range(0, tier + 1).Select(step => PolicyStep.RunOn(step)).ToArray())];
        double[] paid = [.. exits.Select((_, tier) => Enumerable.Range(0, tier + 1).Sum(costs.Of))];
        return new BanditStream(part, seed, BanditGrids.Thresholds.Count, (sample, arms) =>
        {
            double first = part.Answer(sample, exits[0]).Confidence;
            for (var arm = 0; arm < arms.Length; arm++)
            {
                var tier = 0;
                while (tier < exits.Length - 1 && part.Answer(sample, exits[tier]).Confidence < BanditGrids.Thresholds[arm])
                    tier++;
                arms[arm] = new BanditArm(steps[tier], exits[tier], paid[tier], part.Answer(sample, exits[tier]).Confidence - first, paid[tier] - paid[0]);
            }
        });
    }
}
