using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Baselines;

/// <summary>Fits <see cref="RandomPolicy"/> to the shares that the method's own plan has.</summary>
internal sealed class RandomFitter() : PolicyFitter<RandomParameters>(new RandomFactory())
{
    public override string Source => "Control: a random tier at the shares of the method's own plan (method section 8).";

    public override string RepeatsSharesOf => PolicyList.Pools;

    public override IReadOnlyList<RandomParameters> Fit(PolicyFitting fitting) =>
        fitting.RepeatedShares is { } shares ? [new RandomParameters(fitting.Options.Seed, shares)] : [];

    public override RandomParameters Repeat(RandomParameters parameters, IReadOnlyDictionary<string, double> shares) =>
        parameters with { Shares = shares };

    /// <summary>
    /// The samples in the order of their numbers, each tier taking as many in turn as its share of the part is (largest remainder): the
    /// served draw, but for the few samples by which chance would miss the shares.
    /// </summary>
    public override IPolicy CreateMeasured(RandomParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs)
    {
        var counts = Apportion(parameters.InOrder(planned), part.Count);
        var tiers = counts.SelectMany((count, tier) => Enumerable.Repeat(tier, count));
        return new AllottedPolicy(part.Guids.OrderBy(guid => RandomPolicy.Place(parameters.Seed, guid)).Zip(tiers)
            .ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static int[] Apportion(double[] shares, int count)
    {
        var whole = shares.Sum();
        double[] wanted = [.. shares.Select(share => share / whole * count)];
        int[] counts = [.. wanted.Select(share => (int)share)];
        foreach (var tier in Enumerable.Range(0, counts.Length)
            .OrderByDescending(tier => wanted[tier] - counts[tier])
            .Take(count - counts.Sum()))
        {
            counts[tier]++;
        }

        return counts;
    }
}
