using CsCheck;
using Dimec.Policies.Baselines;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Bandits;

public class ThresholdBanditTests
{
    [Fact]
    public void The_first_ten_samples_try_the_thresholds_from_one_half()
    {
        // Mobile 0.72, edge 0.88: thresholds 0.5 … 0.7 stop at the mobile, 0.75 … 0.85 at the edge, 0.9 and 0.95 in the cloud.
        var builder = new RecordedExitsBuilder("dev", [2, 4, 6], 2, 0);
        for (var i = 0; i < 10; i++)
            Published.Add(builder, (0, 0.72), (0, 0.88), (0, 0.99));
        var run = Published.Run("ceebert", new { rewardWeight = 0, seed = 0 }, builder.Build());
        Assert.Equal([2.0, 2, 2, 2, 2, 7, 7, 7, 16, 16], run.Costs.Order());
    }

    [Fact]
    public void A_part_without_a_tiers_exit_is_named() =>
        Assert.Equal("costs tiers[2].depth", TextFiles.Error(() =>
            Published.Run("ceebert", new { rewardWeight = 0, seed = 0 }, Published.Exits([2, 4], (0, 0.9), (0, 0.9)))).Where);

    [Fact]
    public void It_equals_its_restatement() => Gen.Select(RandomExits.Gen("dev", most: 80), Gen.Double[0, 0.1]).Sample((part, weight) =>
    {
        var run = Published.Run("ceebert", new { rewardWeight = weight, seed = 3 }, part);
        double[] paid = [2, 7, 16];
        var rewards = Enumerable.Range(0, 10).Select(_ => new List<double>()).ToArray();
        var t = 0;
        foreach (var i in Enumerable.Range(0, part.Count).OrderBy(i => RandomPolicy.Place(3, part.Guids[i])))
        {
            var round = ++t;
            var arm = Enumerable.Range(0, 10).MaxBy(k => rewards[k].Count == 0
                ? double.PositiveInfinity
                : rewards[k].Average() + (2 * Math.Sqrt(Math.Log(round) / rewards[k].Count)));
            double Sure(int exit) => Softmax.Confidence(part.Logits(i, exit));
            var tier = Enumerable.Range(0, 2).Where(exit => Sure(exit) >= (10 + arm) / 20.0).Append(2).First();
            rewards[arm].Add(tier == 0 ? 0 : Sure(tier) - Sure(0) - (weight * (paid[tier] - 2)));
            Assert.Equal(tier, run.Tiers[i]);
            Assert.Equal(paid[tier], run.Costs[i]);
        }
    });
}
