using Dimec.Evaluation;
using Dimec.Evaluation.Pools;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Statistics;

namespace Dimec.Tests.Evaluation.Pools;

public class PoolTiersTests
{
    [Fact]
    public void Pools_and_what_each_tier_gets_right_of_them_add_up()
    {
        var task = new MadeTask();
        var request = task.Request();
        var plan = Planned(request);
        var measured = PoolTiers.Measure(plan, request.Training!, task.Reported, seed: 1);
        Assert.Equal(("dev", 300), (measured.Part, measured.N));
        Assert.Equal(["mobile", "edge", "cloud"], measured.Pools.Select(pool => pool.Tier));
        Assert.Equal(300, measured.Pools.Sum(pool => pool.Training));
        Assert.Equal(300, measured.Pools.Sum(pool => pool.Routed));
        var samples = request.Training!.Samples;
        var thresholds = plan.Pools!.Thresholds;
        var hard = Enumerable.Range(0, 300).Where(i => samples.Confidence(i, 0) < thresholds.Alpha).ToArray();
        Assert.Equal(hard.Length, measured.Pools[2].Training);
        Assert.Equal(hard.Average(i => samples.Confidence(i, 0)), measured.Pools[2].Confidence!.Value, 1e-12);
        foreach (var (exit, accuracy) in measured.Pools[0].Accuracies.Index())
        {
            var routed = PolicyRunner.Run(plan.CreatePolicy(), task.Reported, plan.Costs).Tiers;
            var right = Enumerable.Range(0, 300).Count(i => routed[i] == 0 && task.Reported.Answer(i, exit).Label == task.Reported.Gold[i]);
            Assert.Equal(right, accuracy.Right);
            Assert.Equal(
                new Estimate(right / (double)measured.Pools[0].Routed, Binomial.ClopperPearson(right, measured.Pools[0].Routed, 0.95)),
                accuracy.Accuracy);
        }
    }

    [Fact]
    public void Difficulty_that_e_of_x_tells_shows_as_a_fall_and_a_tier_that_is_always_right_has_none()
    {
        var task = new MadeTask();
        var request = task.Request();
        var measured = PoolTiers.Measure(Planned(request), request.Training!, task.Reported, seed: 1);
        Assert.True(measured.Trends[0].Slope < -0.2);
        Assert.Equal(1 / 10000.0, measured.Trends[0].PValue);
        Assert.Null(PoolTrend.Measure("cloud", [true, true, true], [0, 1, 2], new Random(1)).PValue);
        Assert.Equal(new PoolTrend("cloud", null, null), PoolTrend.Measure("cloud", [true, false], [1, 1], new Random(1)));
    }

    [Fact]
    public void A_trend_worked_by_hand()
    {
        // Right on pool 0 alone: of the 6 ways to deal two right answers to four samples one falls as steeply.
        var fall = PoolTrend.Measure("mobile", [true, true, false, false], [0, 0, 1, 1], new Random(1));
        Assert.Equal(-1, fall.Slope!.Value, 1e-12);
        Assert.Equal(1 / 6.0, fall.PValue!.Value, 0.015);
        var rise = PoolTrend.Measure("mobile", [false, false, true, true], [0, 0, 1, 1], new Random(1));
        Assert.Equal((1.0, 1.0), (Math.Round(rise.Slope!.Value, 12), rise.PValue!.Value));
    }

    [Fact]
    public void It_reads_back_as_it_was()
    {
        var task = new MadeTask();
        var request = task.Request();
        var measured = PoolTiers.Measure(Planned(request), request.Training!, task.Reported, seed: 1) with
        {
            Trends = [new PoolTrend("mobile", -0.25, null), new PoolTrend("edge", null, null)],
        };
        measured =
            measured with { Pools = [.. measured.Pools, new PoolRow("empty", 0, null, null, 0, [new PoolAccuracy("mobile", 0, null)])] };
        var text = TextFiles.Written(measured.Write);
        var read = PoolTiers.Read(TextFiles.Stream(text), "pools.json");
        Assert.Equal(text, TextFiles.Written(read.Write));
        Assert.Equal(measured.Trends, read.Trends);
        Assert.Equal(measured.Pools.SelectMany(pool => pool.Accuracies), read.Pools.SelectMany(pool => pool.Accuracies));
    }

    [Fact]
    public void A_plan_without_pools_is_refused()
    {
        var task = new MadeTask();
        var edge = Assert.IsType<PlanOutcome.Planned>(new Planner(task.Request(maxDrop: 1)).Plan("edge")).Plan;
        Assert.Contains("has no pools", TextFiles.Error(() => PoolTiers.Measure(edge, task.Request().Training!, task.Reported, 0)).Problem);
    }

    private static Plan Planned(PlanRequest request) => Assert.IsType<PlanOutcome.Planned>(new Planner(request).Plan("pools")).Plan;
}
