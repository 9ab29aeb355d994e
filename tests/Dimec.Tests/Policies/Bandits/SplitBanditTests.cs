using System.Text.Json;
using CsCheck;
using Dimec.Policies;
using Dimec.Policies.Bandits;
using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Bandits;

public class SplitBanditTests
{
    [Fact]
    public void The_first_samples_try_each_arm_and_all_work_is_paid()
    {
        // Every exit is at 0.6 but the cloud's at 0.9, and a threshold of 0.8 sends all on: 2 + 9, 5 + 9, and 9 at once.
        var builder = new RecordedExitsBuilder("dev", [2, 4, 6], 2, 0);
        for (var i = 0; i < 3; i++)
            Published.Add(builder, (0, 0.6), (0, 0.6), (0, 0.9));
        var run = Published.Run("splitee", new { threshold = 0.8, rewardWeight = 0, seed = 0 }, builder.Build());
        Assert.Equal([9.0, 11, 14], run.Costs.Order());
        Assert.All(run.Tiers, tier => Assert.Equal(2, tier));
    }

    [Fact]
    public void A_layer_past_the_edge_is_run_in_the_cloud_which_goes_on_from_there()
    {
        var part = Published.Exits([5, 6], (1, 0.6), (0, 0.9));
        var costs = Dimec.Costs.CostStructure.Default([5, 6]);
        // One sample plays the first arm: layer 5 on the mobile, then the cloud anew.
        Assert.Equal(5 + 6 + 3, Published.Run("splitee", new { threshold = 0.8, rewardWeight = 0, seed = 0 }, part, costs).Costs[0]);
        var six = Published.Exits([2, 4, 5, 6], (1, 0.6), (1, 0.6), (1, 0.6), (0, 0.9));
        var arms = Published.Run("splitee", new { threshold = 0.8, rewardWeight = 0, seed = 0 }, six);
        Assert.Equal(2 + 9, arms.Costs[0]);
    }

    [Fact]
    public void A_part_without_a_tiers_exit_is_named() =>
        Assert.Equal("costs tiers[2].depth", TextFiles.Error(() => Published.Run(
            "splitee", new { threshold = 0.8, rewardWeight = 0, seed = 0 }, Published.Exits([2, 4], (0, 0.9), (0, 0.9)))).Where);

    [Fact]
    public void It_equals_its_restatement() =>
        Gen.Select(Published.SixLayers(), Gen.Double[0.4, 0.9], Gen.Double[0, 0.1]).Sample((part, threshold, weight) =>
        {
            var run = Published.Run("splitee", new { threshold, rewardWeight = weight, seed = 7 }, part);
            int[] tierOf = [0, 0, 1, 1, 2, 2];
            double[] begins = [1, 2, 4, 5, 8, 9];
            double[] goesOn = [10, 11, 13, 14, 9, 9];
            var rewards = new List<double>[6];
            foreach (var arm in Enumerable.Range(0, 6))
                rewards[arm] = [];
            var t = 0;
            foreach (var i in Enumerable.Range(0, part.Count).OrderBy(i => RandomPolicy.Place(7, part.Guids[i])))
            {
                var round = ++t;
                var arm = Enumerable.Range(0, 6).MaxBy(k =>
                    rewards[k].Count == 0 ? double.PositiveInfinity : rewards[k].Average() + Math.Sqrt(Math.Log(round) / rewards[k].Count));
                double Sure(int exit) => Softmax.Confidence(part.Logits(i, exit));
                var stays = arm == 5 || Sure(arm) >= threshold;
                var cost = stays ? begins[arm] : goesOn[arm];
                rewards[arm].Add(Sure(stays ? arm : 5) - (weight * cost));
                Assert.Equal(cost, run.Costs[i], 1e-9);
                Assert.Equal(stays ? tierOf[arm] : 2, run.Tiers[i]);
            }
        });

    [Fact]
    public void It_can_be_planned_and_measured_but_not_served()
    {
        var factory = PolicyList.Default.Find("splitee", Published.Costs, "policy");
        var parameters = factory.Read(
            JsonSerializer.SerializeToElement(new { threshold = 0.8, rewardWeight = 0, seed = 0 }), Published.Costs, "plan.json");
        Assert.Contains("learns from all samples", TextFiles.Error(() => factory.Create(parameters, Published.Costs)).Problem);
    }

    [Fact]
    public void The_regret_is_that_of_the_mean_over_orders()
    {
        var part = Published.SixLayers().Single();
        var fitter = (IBanditFitter)FitterList.Default.Find("splitee", Published.Costs, "policy");
        var parameters = fitter.Policy.Read(
            JsonSerializer.SerializeToElement(new { threshold = 0.8, rewardWeight = 0.02, seed = 0 }), Published.Costs, "plan.json");
        var regret = fitter.Regret(parameters, part, Published.Costs, 5);
        Assert.Equal(part.Count, regret.Count);
        Assert.Equal(regret, fitter.Regret(parameters, part, Published.Costs, 5));
    }
}
