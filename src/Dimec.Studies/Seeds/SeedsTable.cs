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
        var singles = policies.Where(name => options.Policies.Policies.KindOf(name, _costs) == PolicyKind.SingleTier)
            .Select(name => (Name: name, Cost: CostOf(name)))
            .Select(tier => new SingleTierOutcome(tier.Name, tier.Cost, 1 - (tier.Cost / _costs.Cloud), Drop(tier.Name).Mean)).ToArray();
        var document = seeds[0].Evaluation;
        return new SeedsDocument(document.Part, document.N, seeds.Count, _costs, maxDrop, [.. policies.Select(Row)]);

        SeedsRow Row(string policy)
        {
            var drop = Drop(policy);
            // The cloud's drop against itself is 0, so there always is one where a drop is allowed;
            // else it is what savings are measured from.
            var cloud = _costs.Tiers[^1].Name;
            var single = BestSingleTier.Of(singles, policy, drop.Mean, maxDrop)?.Name ?? cloud;
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
                MeanByName(policy, row => row.Shares));
        }
    }

    /// <summary>What a sample costs where one answers everything: the same for every sample and seed.</summary>
    private double CostOf(string single) => Costs(seeds[0], single)[0];

    private SeedMean Mean(Func<RunMeasures, IEnumerable<double>> values) =>
        SeedMean.Of([.. seeds.Select(seed => (double[])[.. values(seed)])], _gold, options);

    /// <summary>The last tier's drop is against itself.</summary>
    private SeedMean Drop(string policy) => policy == _costs.Tiers[^1].Name
        ? new SeedMean(0, default, seeds.Count, _gold.Count)
        : SeedMean.OfDrop(
            [.. seeds.Select(seed => new SeedSample(Right(seed, policy), Right(seed, _costs.Tiers[^1].Name)))], _gold, options);

    private Dictionary<string, double> MeanByName(string policy, Func<PolicyEvaluation, IReadOnlyDictionary<string, double>> values)
    {
        var rows = seeds.Select(seed => values(seed.Evaluation.Policies.FirstOrDefault(row => row.Name == policy)
            ?? seed.Evaluation.Policies.First(row => row.Name == _costs.Tiers[^1].Name))).ToArray();
        return rows[0].Keys.ToDictionary(name => name, name => rows.Average(row => row[name]));
    }

    private bool IsAnywhere(string policy) => seeds.Any(seed => OutcomesOf(seed, policy) is not null);

    private int Count(RunMeasures seed, string policy) => Right(seed, policy).Count(right => right);

    private IReadOnlyList<bool> Right(RunMeasures seed, string policy) => OrCloud(seed, policy).Right;

    private IReadOnlyList<double> Costs(RunMeasures seed, string policy) => OrCloud(seed, policy).Costs;

    private SampleOutcomes OrCloud(RunMeasures seed, string policy) => OutcomesOf(seed, policy) ?? OutcomesOf(seed, _costs.Tiers[^1].Name)!;

    private static SampleOutcomes? OutcomesOf(RunMeasures seed, string policy) =>
        seed.Outcomes.FirstOrDefault(outcomes => outcomes.Policy == policy);
}
