using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Policies.Fitting;
using Dimec.Policies.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Baselines;

/// <summary>
/// A tier drawn at given shares, whatever the sample: what a router of the same cost would save that knew nothing. The draw is a hash of
/// the seed and the sample's guid, so that a sample always gets the same tier in the client and in a replay. So served, the shares are kept
/// on average; where it is measured as a control, <see cref="RandomFamily.CreateMeasured"/> keeps them exactly.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="shares">The share of each tier; together 1.</param>
internal sealed class RandomPolicy(int seed, IReadOnlyList<double> shares) : IPolicy
{
    public PolicyStep Next(in PolicyState state) => state.Visits.IsEmpty ? PolicyStep.RunOn(Draw(state.Guid)) : PolicyStep.Answer;

    private int Draw(string guid)
    {
        var left = Place(seed, guid);
        for (var tier = 0; tier < shares.Count; tier++)
        {
            if (left < shares[tier])
                return tier;
            left -= shares[tier];
        }

        // Shares that sum to a little less than 1 leave a crumb: it goes to the last tier that may be drawn at all.
        return Enumerable.Range(0, shares.Count).Last(tier => shares[tier] > 0);
    }

    /// <summary>A sample's number of [0, 1) by FNV-1a over the seed and the guid, mixed by the finalizer of MurmurHash3.</summary>
    internal static double Place(int seed, string guid)
    {
        var hash = (0xCBF29CE484222325UL ^ (uint)seed) * 0x100000001B3UL;
        foreach (var character in guid)
            hash = (hash ^ character) * 0x100000001B3UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return ((hash ^ (hash >> 33)) >> 11) * (1.0 / (1UL << 53));
    }
}

/// <summary>The family of <see cref="RandomPolicy"/>: fitted to the shares that the method's own plan has.</summary>
internal sealed class RandomFamily : IPolicyFamily
{
    public string Name => "random";

    public string Source => "Control: a random tier at the shares of the method's own plan (method section 8).";

    public PolicyKind Kind => PolicyKind.Control;

    public string RepeatsSharesOf => PoolsFamily.PolicyName;

    public IReadOnlyList<JsonElement> Fit(PolicyFitting fitting)
    {
        if (fitting.RepeatedShares is not { } shares)
            return [];
        return [Write(fitting.Options.Seed, shares)];
    }

    public JsonElement Repeat(JsonElement parameters, IReadOnlyDictionary<string, double> shares) => Write(parameters.GetProperty("seed").GetInt32(), shares);

    public IPolicy Create(JsonElement parameters, CostStructure costs, string where)
    {
        var (seed, shares) = Read(parameters, costs, where);
        return new RandomPolicy(seed, shares);
    }

    /// <summary>
    /// The samples in the order of their numbers, each tier taking as many in turn as its share of the part is (largest remainder): the
    /// served draw, but for the few samples by which chance would miss the shares.
    /// </summary>
    public IPolicy CreateMeasured(JsonElement parameters, CostStructure planned, RecordedExits part, CostStructure costs)
    {
        var (seed, shares) = Read(parameters, planned, "plan");
        var counts = Apportion(shares, part.Count);
        var tiers = counts.SelectMany((count, tier) => Enumerable.Repeat(tier, count));
        return new AllottedPolicy(part.Guids.OrderBy(guid => RandomPolicy.Place(seed, guid)).Zip(tiers).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static JsonElement Write(int seed, IReadOnlyDictionary<string, double> shares) => PolicyParameters.Write(json =>
    {
        json.WriteNumber("seed", seed);
        json.WriteNumbers("shares", shares);
    });

    private static int[] Apportion(double[] shares, int count)
    {
        var whole = shares.Sum();
        double[] wanted = [.. shares.Select(share => share / whole * count)];
        int[] counts = [.. wanted.Select(share => (int)share)];
        foreach (var tier in Enumerable.Range(0, counts.Length).OrderByDescending(tier => wanted[tier] - counts[tier]).Take(count - counts.Sum()))
            counts[tier]++;
        return counts;
    }

    private static (int Seed, double[] Shares) Read(JsonElement parameters, CostStructure costs, string where) =>
        PolicyParameters.Read(parameters, where, json =>
        {
            var seed = json.Integer("seed") ?? 0;
            var byName = json.NumbersByName("shares");
            double[] shares = [.. costs.Tiers.Select(tier => byName.GetValueOrDefault(tier.Name))];
            if (byName.Keys.Any(name => costs.IndexOf(name) < 0) || shares.Any(share => share < 0) || Math.Abs(shares.Sum() - 1) > 1e-6)
                json.Problem("shares", "are negative, do not sum to 1, or name a tier that is not there", "give each tier its share of 1");
            return (seed, shares);
        });
}
