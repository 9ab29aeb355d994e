using CsCheck;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Baselines;

public class OracleTests
{
    private static readonly Gen<CostStructure> s_anyCosts =
        from layer in Gen.Double[0, 3].Array[3]
        from offload in Gen.Double[0, 5].Array[2]
        from link in Gen.Double[0, 5]
        from zero in Gen.Bool
        select new CostStructure(
            "ms",
            [new("mobile", 2, zero ? 0 : layer[0], 0), new("edge", 4, layer[1], offload[0]), new("cloud", 6, layer[2] + 0.01, offload[1])],
            [new("mobile", "edge", link)]);

    [Fact]
    public void An_exit_inside_a_tier_that_is_always_right_is_taken()
    {
        // Exits at 1, 2, 4 and 6, of which the first alone is right on both samples.
        var builder = new RecordedExitsBuilder("dev", [1, 2, 4, 6], 2, 0);
        builder.Add("a", 0, [1, 0, 0, 1, 0, 1, 1, 0], []);
        builder.Add("b", 1, [0, 1, 1, 0, 1, 0, 1, 0], []);
        var run = Published.Run("oracle", new { }, builder.Build());
        Assert.Equal([true, true], run.Right(builder.Build()));
        Assert.Equal([1.0, 1.0], run.Costs);
    }

    [Fact]
    public void An_exit_costs_what_it_costs_on_the_cheapest_tier_that_holds_it()
    {
        // Exit 2 takes 6 on the mobile, 2 · 1 + 2 on the edge and 2 · 0.5 + 4 on the cloud.
        var costs = new CostStructure("ms", [new("mobile", 2, 3, 0), new("edge", 4, 1, 2), new("cloud", 6, 0.5, 4)], []);
        var run = Published.Run("oracle", new { }, Published.Exits([2, 4, 6], (0, 0.9), (0, 0.9), (0, 0.9)), costs);
        Assert.Equal((1, 4.0), (run.Tiers[0], run.Costs[0]));
    }

    [Fact]
    public void An_exit_that_no_tier_reaches_is_no_answer()
    {
        var run = Published.Run("oracle", new { }, Published.Exits([2, 4, 6, 8], (1, 0.9), (1, 0.9), (1, 0.9), (0, 0.9)));
        Assert.Equal((0, 2.0), (run.Tiers[0], run.Costs[0]));
    }

    [Fact]
    public void No_policy_of_the_list_is_more_accurate_or_as_accurate_for_less() =>
        Gen.Select(Parts("selection"), Parts("train"), s_anyCosts, Gen.Int[0, 20].Array[60]).Sample((selection, train, costs, points) =>
        {
            var map = RandomExits.Map(
                [.. Enumerable.Range(0, train.Count).Select(i => (points[i] / 20.0, points[i + 30] / 40.0))], train.EmbeddingSize,
                [.. Enumerable.Range(0, train.Count).SelectMany(i => train.Embedding(i).ToArray())]);
            var outcomes = new Planner(new PlanRequest
            {
                Selection = new SelectionPart(selection),
                Costs = costs,
                Training = map,
                TrainExits = new TrainPart(train),
                // Combined exits can be right where none is, and a hidden state can be cheaper than the text.
                Options = new PlanningOptions
                {
                    GridLevels = 5,
                    RewardWeights = [0, 0.1, 1],
                    Stack = false,
                    Resume = ResumeRoute.Off,
                },
            }).PlanAll();
            Assert.Equal(["stacked-cloud"], outcomes.Where(outcome => outcome.Frontier.Count == 0).Select(outcome => outcome.Policy));
            var oracle = PolicyRunner.Run(
                FitterList.Default.Find("oracle", costs, "").CreateMeasured(NoParameters.Instance, costs, selection, costs),
                selection, costs);
            var best = oracle.Right(selection);
            foreach (var point in outcomes.SelectMany(outcome => outcome.Frontier))
            {
                var run = PolicyRunner.Run(
                    FitterList.Default.Find(point.Policy, costs, "").CreateMeasured(point.Parameters, costs, selection, costs),
                    selection, costs);
                var right = run.Right(selection);
                // Sample by sample: never right where the oracle is not, and where it is right never for less.
                for (var i = 0; i < right.Length; i++)
                    Assert.True(!right[i] || (best[i] && oracle.Costs[i] <= run.Costs[i] + 1e-9), point.Policy);
                if (right.Count(isRight => isRight) == best.Count(isRight => isRight))
                    Assert.True(oracle.MeanCost <= run.MeanCost + 1e-9, point.Policy);
            }
        }, iter: 40);

    [Fact]
    public void Exit_0_is_the_cheapest_where_it_is_right()
    {
        var builder = new RecordedExitsBuilder("dev", [2, 4, 6], 2, 0, exitZero: true);
        builder.Add("a", 0, [1, 0, 0, 1, 0, 1, 1, 0], []);
        builder.Add("b", 1, [1, 0, 1, 0, 0, 1, 1, 0], []);
        builder.Add("c", 1, [1, 0, 1, 0, 1, 0, 1, 0], []);
        var run = Published.Run("oracle", new { }, builder.Build());
        Assert.Equal([0, 5, 0], run.Costs);
        Assert.Equal([true, true, false], run.Right(builder.Build()));
    }

    private static Gen<RecordedExits> Parts(string part) =>
        from n in Gen.Int[1, 30]
        from logits in Gen.Float[-4, 4].Array[n * 6 * 3]
        from gold in Gen.Int[0, 2].Array[n]
        from other in Gen.Float[-2, 2].Array[n * 4]
        from zero in Gen.Float[-4, 4].Array[n * 3]
        select Build(part, n, logits, gold, other).WithExitZero(zero);

    private static RecordedExits Build(string part, int n, float[] logits, int[] gold, float[] other)
    {
        var builder = new RecordedExitsBuilder(part, [1, 2, 3, 4, 5, 6], 3, 2, [2], 2);
        for (var i = 0; i < n; i++)
            builder.Add($"s{i}", gold[i], logits.AsSpan(18 * i, 18), other.AsSpan(4 * i, 2), other.AsSpan((4 * i) + 2, 2));
        return builder.Build();
    }
}
