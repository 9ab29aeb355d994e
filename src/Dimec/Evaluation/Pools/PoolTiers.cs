using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Evaluation.Pools;

/// <summary>
/// Pools against tiers: does a pool's difficulty show in what the tiers get right? The pools are made of training samples, and the samples
/// of the reported part that the router sends to a pool's tier are read at the exit of every tier.
/// </summary>
/// <param name="Part">The reported part.</param>
/// <param name="N">Its number of samples.</param>
/// <param name="Pools">A row a pool, easy (the shallowest tier's) to hard.</param>
/// <param name="Trends">How each tier's accuracy goes from the easy pool to the hard one, in the order of the tiers.</param>
public sealed record PoolTiers(string Part, int N, IReadOnlyList<PoolRow> Pools, IReadOnlyList<PoolTrend> Trends)
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    private const double Confidence = 0.95;

    /// <summary>Reads the pools of a plan.</summary>
    /// <param name="plan">A plan of pools.</param>
    /// <param name="training">The training samples that it was made of.</param>
    /// <param name="part">The part to report on, with the true class of every sample known.</param>
    /// <param name="seed">Draws the permutations of the test for a trend.</param>
    /// <exception cref="InputException">The plan is of another policy, a true class is unknown, a tier's depth has no recorded exit,
    /// or the embeddings are not the plan's.</exception>
    public static PoolTiers Measure(Plan plan, PoolSamples training, RecordedExits part, int seed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(part);
        part.RequireGold();
        var pools = plan.Pools ?? throw new InputException(
            "plan policy", $"is '{plan.Policy}', which has no pools", $"give a plan of {PolicyList.Pools}");
        var (costs, samples) = (plan.Costs, training.Samples);
        var exits = TierExits.Of(costs, part);
        var routed = PolicyRunner.Run(plan.CreatePolicy(), part, costs).Tiers;
        bool[][] right = [.. exits.Select(part.Right)];
        var members = Enumerable.Range(0, samples.Count).ToLookup(i => samples.TierOf(i, pools.Thresholds, pools.Options.Hard));
        return new PoolTiers(
            part.Part,
            part.Count,
            [.. costs.Tiers.Select((tier, pool) =>
                Row(tier, costs, samples, [.. members[pool]], right, [.. Enumerable.Range(0, part.Count).Where(i => routed[i] == pool)]))],
            [.. costs.Tiers.Select((tier, t) => PoolTrend.Measure(tier.Name, right[t], routed, new Random(seed)))]);
    }

    /// <summary>Reads what was written.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">How errors name the file.</param>
    /// <exception cref="InputException">Everything that is wrong with the file, together.</exception>
    public static PoolTiers Read(Stream stream, string where) => PoolTiersJson.Read(stream, where);

    /// <summary>Writes it as JSON.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => PoolTiersJson.Write(this, stream);

    private static PoolRow Row(
        TierCost pool, CostStructure costs, PoolMetrics samples, int[] members, bool[][] right, int[] routed) => new(
            pool.Name,
            members.Length,
            members.Length == 0
                ? null
                : members.Average(i => Enumerable.Range(0, samples.Places).Average(place => samples.Confidence(i, place))),
            members.Length == 0
                ? null
                : members.Average(i => Enumerable.Range(0, samples.Places).Average(place => samples.Variability(i, place))),
            routed.Length,
            [.. costs.Tiers.Select((tier, t) => Accuracy(tier.Name, routed.Count(i => right[t][i]), routed.Length))]);

    private static PoolAccuracy Accuracy(string tier, int right, int count) =>
        new(tier, right, count == 0 ? null : new Estimate(right / (double)count, Binomial.ClopperPearson(right, count, Confidence)));
}
