using CsCheck;
using Dimec.Evaluation;
using Dimec.Evaluation.Routers;
using Dimec.Routing;
using Dimec.Routing.Frontiers;

namespace Dimec.Tests.Routing.Frontiers;

public class RouterFrontierTests
{
    private static readonly EvaluationOptions s_options = new() { BootstrapDraws = 2000 };

    /// <summary>
    /// Ten times each of the ten samples. From the highest score down, each tenth of the share recovers 1/4 of the gap of 4 (j), 0 (i), 1/4
    /// (h), 1/4 (g), −1/4 (f), 1/4 (e), 0, 1/4 (c), 0, 0: the curve is 0, .25, .25, .5, .75, .5, .75, .75, 1, 1, 1.
    /// </summary>
    [Fact]
    public void A_hand_worked_score()
    {
        var measures = RouterFrontier.Of(TenTimes(), ScoreDirection.Strong, s_options).Measures!;
        Assert.Equal(0.1 * 0.2 / 0.25, measures.Cpt20.Value, 1e-9);
        Assert.Equal(0.3, measures.Cpt50.Value, 1e-9);
        Assert.Equal(0.7 + (0.1 * 0.05 / 0.25), measures.Cpt80.Value, 1e-9);
        Assert.Equal(0.1 * (0.25 + 0.25 + 0.5 + 0.75 + 0.5 + 0.75 + 0.75 + 1 + 1 + 0.5), measures.Apgr.Value, 1e-9);
        Assert.All(
            new[] { measures.Cpt20, measures.Cpt50, measures.Cpt80, measures.Apgr },
            measure => Assert.InRange(measure.Value, measure.Interval.Lower, measure.Interval.Upper));
    }

    [Fact]
    public void Points_go_from_the_weak_tier_to_the_strong_one()
    {
        var points = RouterFrontier.Of(TenTimes(), ScoreDirection.Strong, s_options).Points;
        Assert.Equal(11, points.Count);
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], points.Select(point => Math.Round(point.Share, 9)));
        Assert.Equal([null, 1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, null], points.Select(point => point.Threshold));
        Assert.Equal(0.7, points[4].Row.Accuracy!.Value.Value, 1e-12);
        Assert.Equal(4.6, points[4].Row.Cost, 1e-9);
    }

    [Fact]
    public void Tiers_between_the_two_have_no_part()
    {
        var points = RouterFrontier.Of(MadeRouter.Of(500, 3, seed: 1), ScoreDirection.Strong, s_options).Points;
        Assert.All(points, point => Assert.Equal(0, point.Row.Shares["t1"]));
    }

    /// <summary>
    /// The measures of the sums by score are those of the sweep, as <see cref="CallPerformance"/> takes it: the area, and for half of the
    /// gap a share between that of the first point that recovers it and the point before.
    /// </summary>
    [Fact]
    public void Measures_are_those_of_the_sweep() => Gen.Int[0, 100000].Sample(
        seed =>
        {
            var table = MadeRouter.Of(200, 2, seed);
            var scores = table.Scores;
            double Share(Func<int, bool> counts) => Enumerable.Range(0, table.Count).Count(counts) / (double)table.Count;
            bool IsRight(int tier, int row) => table.Answers(tier)[row] == 0;
            var swept = CallPerformance.Of(
                scores.Distinct().Select(score => new CallPoint(
                    Share(row => scores[row] >= score), Share(row => IsRight(scores[row] >= score ? 1 : 0, row)))),
                Share(row => IsRight(0, row)), Share(row => IsRight(1, row)))!;
            var measures = new MeasuresBootstrap(table, ScoreDirection.Strong).Measure(new EvaluationOptions { BootstrapDraws = 100 })!;
            Assert.Equal(swept.Apgr, measures.Apgr.Value, 1e-9);
            var gains = Enumerable.Range(0, table.Count).ToLookup(
                row => scores[row], row => (IsRight(1, row) ? 1 : 0) - (IsRight(0, row) ? 1 : 0));
            var (gained, passed, before) = (0, 0, 0);
            foreach (var score in gains.OrderByDescending(score => score.Key).TakeWhile(_ => 2 * gained < gains.Sum(all => all.Sum())))
                (gained, passed, before) = (gained + score.Sum(), passed + score.Count(), passed);
            Assert.InRange(measures.Cpt50.Value * table.Count, before - 1e-9, passed + 1e-9);
        },
        iter: 50);

    [Fact]
    public void A_score_turned_round_has_the_rest_of_the_area()
    {
        var table = MadeRouter.Of(1000, 2, seed: 3);
        var (strong, weak) = (Apgr(ScoreDirection.Strong), Apgr(ScoreDirection.Weak));
        Assert.Equal(1, strong + weak, 1e-2);
        Assert.True(strong > 0.8);

        double Apgr(ScoreDirection higher) => RouterFrontier.Of(table, higher, s_options).Measures!.Apgr.Value;
    }

    [Fact]
    public void Draws_are_seeded()
    {
        var table = TenTimes();
        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));

        RouterMeasures Of(int seed) => RouterFrontier.Of(table, ScoreDirection.Strong, s_options with { Seed = seed }).Measures!;
    }

    [Theory]
    [InlineData("1,1")]
    [InlineData("1,0")]
    public void Without_a_gap_there_are_no_measures(string other)
    {
        var rows = $"1,0.5,{other[0]},1,1,2\n2,0.6,1,1,{other[2]},2\n";
        var table = MadeRouter.Read("id,score,a.right,a.cost,b.right,b.cost\n" + rows);
        Assert.Null(RouterFrontier.Of(table, ScoreDirection.Strong, s_options).Measures);
    }

    /// <summary>Ten samples with a gap of 4 have none in more than one resample of forty.</summary>
    [Fact]
    public void A_gap_that_few_samples_do_not_show_is_none() =>
        Assert.Null(RouterFrontier.Of(MadeRouter.Read(MadeRouter.Ten), ScoreDirection.Strong, s_options).Measures);

    private static RouterTable TenTimes()
    {
        var lines = MadeRouter.Ten.Split('\n');
        return MadeRouter.Read(string.Join(
            '\n', [lines[0], .. Enumerable.Range(0, 10).SelectMany(time => lines[1..].Select(row => $"{time}{row}"))]));
    }
}
