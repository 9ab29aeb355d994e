using System.Text.Json;
using CsCheck;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Evaluation.Parts;
using Dimec.Evaluation.Routers;
using Dimec.Evaluation.Tallies;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Studies.Measures;
using Dimec.Studies.Sweeps;

namespace Dimec.Studies.Tests.Measures;

/// <summary>Whatever finite numbers a model gave, every figure made of them is a number.</summary>
public class FiniteFiguresTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    /// <summary>Those that cannot leave everything to the last tier.</summary>
    private static readonly string[] s_notAlways =
        ["edge", "mobile", "splitee", "ceebert", "recserve", "ngram", "phone-cloud", "cache", "hybrid"];

    private static readonly Gen<(
        RecordedExits Selection, RecordedExits Dev, RecordedExits Train, PoolSamples Map, PlanningOptions Options)> s_any =
            from selection in ExtremeExits.Gen("selection")
            from dev in ExtremeExits.Gen("dev", least: 2)
            from train in ExtremeExits.Gen("train")
            from points in Gen.Int[0, 5].Array[2 * train.Count]
            from options in Options
            select (selection, dev, train, MapOf(train, points), options);

    private static Gen<PlanningOptions> Options =>
        from unit in Gen.Enum<EmbeddingNormalization>()
        from reward in Gen.Enum<RewardKind>()
        from temperatures in Gen.Bool
        select new PlanningOptions
        {
            GridLevels = 4,
            RewardWeights = [0, 0.3],
            Embedding = unit,
            Reward = reward,
            FitTemperatures = temperatures,
        };

    [Fact]
    public void Every_policy_is_planned_and_measured_in_numbers() => s_any.Sample(t =>
    {
        var request = Request(t.Selection, t.Train, t.Map, t.Options);
        var measures = RunMeasurer.Measure(
            request, t.Dev, new EvaluationOptions { BootstrapDraws = 100 }, halvings: 2, TestContext.Current.CancellationToken);
        AssertNumbers(measures.Evaluation.Write);
        AssertNumbers(measures.WithoutOffload!.Write);
        AssertNumbers(measures.CrossFit.Write);
        AssertNumbers(measures.Pools!.Write);
        Assert.Equal(PolicyList.Default.For(s_costs).Count, measures.Evaluation.Policies.Count + measures.Evaluation.NotPossible.Count);
        Assert.All(
            measures.Evaluation.NotPossible,
            policy => Assert.Contains(policy.Name, s_notAlways));
        Assert.All(measures.Evaluation.Policies, AssertAdds);
        AssertFinite([measures.Shift.Coefficient, measures.Shift.PValue]);
        AssertFinite(measures.Routers
            .Select(router => router.Auroc)
            .OfType<Auroc>()
            .SelectMany(area => (double[])[area.Value, area.Interval.Lower, area.Interval.Upper]));
        AssertFinite(measures.Frontiers.SelectMany(frontier => frontier.Points
            .SelectMany(point => (double[])[point.Cost, point.Reduction, point.Accuracy, point.Drop, point.PassedOn])
            .Append(frontier.Area)));
        AssertFinite(measures.Regrets.SelectMany(regret => regret.Regret));
        AssertFinite(measures.Exits.SelectMany(exit =>
            (double[])[exit.Calibration.Temperature, exit.Calibration.Before.Error, exit.Calibration.After.Error]));
        Assert.All(measures.Exits, exit => Assert.Equal(t.Dev.Count, exit.Calibration.After.Bins.Sum(bin => bin.Count)));
    }, iter: 25);

    [Fact]
    public void Plans_sweeps_and_published_tallies_are_numbers_too() => s_any.Sample(t =>
    {
        var request = Request(t.Selection, t.Train, t.Map, t.Options);
        foreach (var policy in PolicyList.Default
            .For(s_costs)
            .Where(family => family.Kind != PolicyKind.Bound)
            .Select(family => family.Name)
            .Append(PolicyList.Any))
        {
            if (new Planner(request).Plan(policy) is PlanOutcome.Planned planned)
                AssertNumbers(planned.Plan.Write);
        }

        AssertNumbers(TallyDocument.SplitEe(request.Selection, t.Dev, orders: 2).Write);
        var standings = CostSweep.Run(request, t.Dev, [s_costs, s_costs.WithoutOffload()!], null, TestContext.Current.CancellationToken)
            .Standings();
        AssertFinite(standings.SelectMany(standing => (double[])[standing.MeanLoss, standing.WorstLoss, standing.LargestDrop]));
    }, iter: 25);

    [Fact]
    public void The_scale_of_embeddings_does_not_move_parts_apart()
    {
        // By powers of two, so that only an overflow or a vanished square could make a difference.
        var first = RandomExits.Gen("selection", most: 30).Single();
        var second = RandomExits.Gen("dev", most: 30).Single();
        var shift = EnergyDistanceTest.Measure(first, second, seed: 0);
        foreach (var exponent in new[] { 120, 60, -60, -115 })
            Assert.Equal(shift, EnergyDistanceTest.Measure(Scaled(first, exponent), Scaled(second, exponent), seed: 0));
    }

    private static PlanRequest Request(RecordedExits selection, RecordedExits train, PoolSamples map, PlanningOptions options) =>
        new()
        {
            Selection = new SelectionPart(selection),
            Costs = s_costs,
            Training = map,
            TrainExits = new TrainPart(train),
            Options = options,
        };

    private static PoolSamples MapOf(RecordedExits train, int[] points) => RandomExits.Map(
        [.. Enumerable.Range(0, train.Count).Select(i => (points[2 * i] / 5.0, points[(2 * i) + 1] / 10.0))], train.EmbeddingSize,
        [.. Enumerable.Range(0, train.Count).SelectMany(i => train.Embedding(i).ToArray())]);

    private static RecordedExits Scaled(RecordedExits part, int exponent)
    {
        var builder = new RecordedExitsBuilder(part.Part, [.. part.Exits], part.Classes, part.EmbeddingSize);
        for (var i = 0; i < part.Count; i++)
        {
            builder.Add(
                part.Guids[i], part.Gold[i], [.. part.Logits(i, 0), .. part.Logits(i, 1), .. part.Logits(i, 2)],
                [.. part.Embedding(i).ToArray().Select(value => MathF.ScaleB(value, exponent))]);
        }

        return builder.Build();
    }

    private static void AssertAdds(PolicyEvaluation row)
    {
        Assert.Equal(1, row.Shares.Values.Sum(), 1e-9);
        Assert.InRange(row.Drop, row.DropInterval.Lower, row.DropInterval.Upper);
        Assert.InRange(row.Accuracy, row.AccuracyInterval.Lower, row.AccuracyInterval.Upper);
    }

    private static void AssertFinite(IEnumerable<double> figures) => Assert.All(figures, figure => Assert.True(double.IsFinite(figure)));

    /// <summary>A writer refuses what is no number, and what was written reads back.</summary>
    private static void AssertNumbers(Action<Stream> write) => JsonDocument.Parse(TextFiles.Written(write)).Dispose();
}
