using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Evaluation.Seeds;
using Dimec.Planning.Gains;
using Dimec.Policies;
using Dimec.Studies.Measures;

namespace Dimec.Studies.Seeds;

/// <summary>Works out the rows of a <see cref="SeedsDocument"/>.</summary>
internal sealed class SeedsTable(IReadOnlyList<RunMeasures> seeds, double maxDrop, EvaluationOptions options)
{
    private readonly CostStructure _costs = seeds[0].Costs;
    private readonly IReadOnlyList<int> _gold = seeds[0].Gold;

    public SeedsDocument Make()
    {
        string[] policies = [.. options.Policies.Policies.For(_costs).Select(policy => policy.Name).Where(IsAnywhere)];
        (string Name, double Cost)[] singles =
            [.. policies.Where(name => options.Policies.Policies.KindOf(name, _costs) == PolicyKind.SingleTier)
                .Select(name => (name, CostOf(name)))];
        var document = seeds[0].Evaluation;
        return new SeedsDocument(document.Part, document.N, seeds.Count, _costs, maxDrop, [.. policies.Select(Row)]);

        SeedsRow Row(string policy)
        {
            var drop = Drop(policy);
            var reference = ReferenceOf(policy);
            var rivals = singles.Select(tier => new RivalOutcome(
                tier.Name, tier.Cost, 1 - (tier.Cost / _costs.Cloud), MeanDrop(tier.Name, reference)));
            // The cloud's drop against itself is 0, so there always is one where a drop is allowed;
            // else it is what savings are measured from.
            var cloud = _costs.Tiers[^1].Name;
            var single = CheapestRival.Of(rivals, policy, MeanDrop(policy, reference), maxDrop)?.Name ?? cloud;
            var alone = CostOf(single);
            return new SeedsRow(
                policy,
                seeds.Count(seed => OutcomesOf(seed, policy) is not null),
                SeedMean.OfRight([.. seeds.Select(seed => Right(seed, policy))], _gold, options),
                MeanByName(policy, row => row.Metrics),
                Mean(seed => Costs(seed, policy).Select(cost => 1 - (cost / _costs.Cloud))),
                [.. seeds.Select(seed => 1 - (Costs(seed, policy).Average() / _costs.Cloud))],
                drop,
                [.. seeds.Select(seed => (Count(seed, cloud) - Count(seed, policy)) / (double)_gold.Count)],
                single,
                Mean(seed => Costs(seed, policy).Select(cost => (alone - cost) / _costs.Cloud)),
                MeanByName(policy, row => row.Shares))
            {
                StackedDrop = HasStackedCloud ? Drop(policy, PolicyList.StackedCloud) : null,
                BeyondPhoneCloud = policy == PolicyList.PhoneCloud || seeds.Any(seed => seed.PhoneCloud.Count == 0)
                    ? null
                    : Mean(seed => Costs(seed, policy).Zip(
                        PhoneCloudCosts(seed, policy, reference), (cost, phone) => (phone - cost) / _costs.Cloud)),
                IsHeldToStackedCloud = reference == PolicyList.StackedCloud,
                AnsweredAt = MeanByExit(policy),
            };
        }
    }

    private bool HasStackedCloud => seeds.All(seed => OutcomesOf(seed, PolicyList.StackedCloud) is not null);

    /// <summary>Against whom a policy's drop is measured: the stacked cloud where a seed's plan was held to it.</summary>
    private string ReferenceOf(string policy) =>
        HasStackedCloud && seeds.Any(seed => RowOf(seed, policy) is { IsHeldToStackedCloud: true })
            ? PolicyList.StackedCloud
            : _costs.Tiers[^1].Name;

    /// <summary>What phone → cloud costs in a seed within the same drop; the cloud where it never stays there.</summary>
    private IEnumerable<double> PhoneCloudCosts(RunMeasures seed, string policy, string reference)
    {
        var right = Count(seed, reference);
        double DropOf(int count) => (right - count) / (double)_gold.Count;
        var limit = CheapestRival.Limit(DropOf(Count(seed, policy)), maxDrop);
        var within = seed.PhoneCloud.FirstOrDefault(point => DropOf(point.Right.Count(isRight => isRight)) <= limit);
        return (within ?? OutcomesOf(seed, _costs.Tiers[^1].Name)!).Costs;
    }

    private double MeanDrop(string policy, string reference) =>
        policy == reference ? 0 : seeds.Average(seed => (Count(seed, reference) - Count(seed, policy)) / (double)_gold.Count);

    /// <summary>What a sample costs where one answers everything: the same for every sample and seed.</summary>
    private double CostOf(string single) => Costs(seeds[0], single)[0];

    private SeedMean Mean(Func<RunMeasures, IEnumerable<double>> values) =>
        SeedMean.Of([.. seeds.Select(seed => (double[])[.. values(seed)])], _gold, options);

    /// <summary>The last tier's drop is against itself.</summary>
    private SeedMean Drop(string policy) => Drop(policy, _costs.Tiers[^1].Name);

    private SeedMean Drop(string policy, string reference) => policy == reference
        ? new SeedMean(0, default, seeds.Count, _gold.Count)
        : SeedMean.OfDrop(
            [.. seeds.Select(seed => new SeedSample(Right(seed, policy), Right(seed, reference)))], _gold, options);

    private Dictionary<string, double> MeanByName(string policy, Func<PolicyEvaluation, IReadOnlyDictionary<string, double>> values)
    {
        var rows = seeds.Select(seed => values(RowOf(seed, policy))).ToArray();
        return rows[0].Keys.ToDictionary(name => name, name => rows.Average(row => row[name]));
    }

    private Dictionary<int, double> MeanByExit(string policy)
    {
        var rows = seeds.Select(seed => RowOf(seed, policy).AnsweredAt).ToArray();
        return rows.SelectMany(row => row.Keys).Distinct().Order()
            .ToDictionary(exit => exit, exit => rows.Average(row => row.GetValueOrDefault(exit)));
    }

    /// <summary>A policy's row; where a seed has no plan, the cloud's.</summary>
    private PolicyEvaluation RowOf(RunMeasures seed, string policy) =>
        seed.Evaluation.Policies.FirstOrDefault(row => row.Name == policy)
        ?? seed.Evaluation.Policies.First(row => row.Name == _costs.Tiers[^1].Name);

    private bool IsAnywhere(string policy) => seeds.Any(seed => OutcomesOf(seed, policy) is not null);

    private int Count(RunMeasures seed, string policy) => Right(seed, policy).Count(right => right);

    private IReadOnlyList<bool> Right(RunMeasures seed, string policy) => OrCloud(seed, policy).Right;

    private IReadOnlyList<double> Costs(RunMeasures seed, string policy) => OrCloud(seed, policy).Costs;

    private SampleOutcomes OrCloud(RunMeasures seed, string policy) => OutcomesOf(seed, policy) ?? OutcomesOf(seed, _costs.Tiers[^1].Name)!;

    private static SampleOutcomes? OutcomesOf(RunMeasures seed, string policy) =>
        seed.Outcomes.FirstOrDefault(outcomes => outcomes.Policy == policy);
}
