using Dimec.Evaluation;
using Dimec.Predictions;
using Dimec.Statistics;
using Dimec.Studies.Ablations;

namespace Dimec.Studies.Tests.Ablations;

public class TrainingComparisonTests
{
    private const int N = 400;

    [Fact]
    public void Figures_worked_by_hand()
    {
        // Wrong on the first so many of 400: the base 120, 80 and 40, the other 80, 80 and 44. Exit 2 lacks 80 to exit 6 and gains 40.
        var compared = Compare(Made(120, 80, 40), Made(80, 80, 44));
        Assert.Equal(("dev", N, 1), (compared.Part, compared.N, compared.Seeds));
        Assert.Equal([2, 4, 6], compared.Exits.Select(exit => exit.Exit));
        var (first, last) = (compared.Exits[0], compared.Exits[2]);
        Assert.Equal((0.7, 0.8), (first.Base, first.Other));
        Assert.Equal(0.1, first.Change.Value, 1e-12);
        Assert.Equal(0.2, first.Gap!.Value.Value, 1e-12);
        Assert.Equal(0.5, first.Closed!.Value.Value, 1e-12);
        Assert.InRange(first.Closed.Value.Interval.Lower, 0.3, 0.5);
        Assert.InRange(first.Closed.Value.Interval.Upper, 0.5, 0.7);
        Assert.Equal(-0.01, last.Change.Value, 1e-12);
        Assert.Equal((null, null), (last.Gap, last.Closed));
        // Four differ, which is below ten: the bounds are exact.
        Assert.Equal(PairedDrop.Exact(4, 0, N), last.Change.Interval);
    }

    [Fact]
    public void The_same_logits_change_exactly_nothing()
    {
        var compared = Compare(Made(120, 80, 40), Made(120, 80, 40));
        Assert.All(compared.Exits, exit => Assert.Equal(default, exit.Change));
        Assert.Equal(default(Estimate), compared.Exits[0].Closed);
    }

    [Fact]
    public void Swapped_sides_change_the_sign()
    {
        var (one, other) = (Compare(Made(120, 80, 40), Made(60, 90, 40)), Compare(Made(60, 90, 40), Made(120, 80, 40)));
        foreach (var (change, back) in one.Exits.Zip(other.Exits, (a, b) => (a.Change, b.Change)))
        {
            Assert.Equal(change.Value, -back.Value, 1e-12);
            Assert.Equal(change.Interval.Lower, -back.Interval.Upper, 1e-12);
            Assert.Equal(change.Interval.Upper, -back.Interval.Lower, 1e-12);
        }
    }

    [Fact]
    public void Where_there_may_be_no_gap_no_share_of_it_is_closed()
    {
        var compared = Compare(Made(44, 30, 40), Made(10, 10, 10));
        Assert.Null(compared.Exits[0].Closed);
        Assert.True(compared.Exits[0].Gap!.Value.Interval.Lower <= 0);
        Assert.Null(compared.Exits[1].Closed);
    }

    [Fact]
    public void The_interval_of_the_share_holds_it_as_often_as_it_says()
    {
        // The base is right on 70 and 90 %, the other on 80 % at the first exit: half of the gap is closed.
        var random = new Random(11);
        var held = Enumerable.Range(0, 100).Count(_ =>
        {
            double[] u = [.. Enumerable.Range(0, N).Select(_ => random.NextDouble())];
            var compared = Ablation.Compare(
                [new TrainingPair(Random(u, random, 0.3, 0.2, 0.1), Random(u, random, 0.2, 0.2, 0.1))],
                new EvaluationOptions { BootstrapDraws = 200 });
            return compared.Exits[0].Closed is { } closed && closed.Interval.Lower <= 0.5 && closed.Interval.Upper >= 0.5;
        });
        Assert.InRange(held, 87, 99);
    }

    [Fact]
    public void Seeds_that_disagree_widen_the_interval()
    {
        double Width(params int[] wrong)
        {
            var change = Ablation.Compare([.. wrong.Select(count =>
                new TrainingPair(Made(100, 80, 40), Made(count, 80, 40)))], new EvaluationOptions()).Exits[0].Change;
            Assert.Equal(0.1, change.Value, 1e-12);
            return change.Interval.Upper - change.Interval.Lower;
        }

        Assert.True(Width(0, 0, 180) > 2 * Width(60, 60, 60));
    }

    [Fact]
    public void Samples_are_joined_by_name_and_only_the_exits_of_both_compared()
    {
        var whole = Made(120, 80, 40);
        var fewer = RecordedExits.Read(
            TextFiles.Stream(TextFiles.Written(whole.Subset("dev", [.. Enumerable.Range(0, N).Reverse()]).Write)
                .Replace("\"2\":", "\"3\":", StringComparison.Ordinal)), "dev", "dev");
        var compared = Compare(whole, fewer);
        Assert.Equal([4, 6], compared.Exits.Select(exit => exit.Exit));
        Assert.All(compared.Exits, exit => Assert.Equal(default, exit.Change));
    }

    [Fact]
    public void Runs_that_do_not_belong_together_are_refused_with_one_sentence()
    {
        var whole = Made(120, 80, 40);
        Assert.Equal(
            "holds other samples than the first run's", TextFiles.Error(() => Compare(whole, whole.Subset("dev", [1, 2, 3]))).Problem);
        Assert.Equal(
            "ends at layer 8 where the first run ends at 6", TextFiles.Error(() => Compare(whole, Renamed("\"6\":", "\"8\":"))).Problem);
        Assert.Equal(
            "has other gold classes than the first run's",
            TextFiles.Error(() => Compare(whole, Renamed("\"gold\":1", "\"gold\":0"))).Problem);

        RecordedExits Renamed(string before, string after) => RecordedExits.Read(
            TextFiles.Stream(TextFiles.Written(whole.Write).Replace(before, after, StringComparison.Ordinal)), "dev", "dev");
    }

    [Fact]
    public void It_reads_back_as_it_was()
    {
        var compared = Compare(Made(120, 38, 40), Made(80, 80, 44));
        var text = TextFiles.Written(compared.Write);
        var read = TrainingComparison.Read(TextFiles.Stream(text), "compared.json");
        Assert.Equal(text, TextFiles.Written(read.Write));
        Assert.Equal(compared.Exits, read.Exits);
        var wrong = text.Replace("\"gap\":", "\"gab\":", StringComparison.Ordinal);
        Assert.Contains(TextFiles.Errors(() => TrainingComparison.Read(TextFiles.Stream(wrong), "c.json")), error =>
            error.Where == "c.json exits[0].gab");
    }

    private static TrainingComparison Compare(RecordedExits one, RecordedExits other) =>
        Ablation.Compare([new TrainingPair(one, other)], new EvaluationOptions());

    /// <summary>Exits 2, 4 and 6 that are wrong on the first so many samples.</summary>
    private static RecordedExits Made(params int[] wrong) =>
        RandomExits.Worked("dev", [.. Enumerable.Range(0, N).Select(i => (i / 4 % 2, wrong.Select(count => (i >= count, 0.8)).ToArray()))]);

    /// <summary>Exits that are wrong where a draw that all of them share for three quarters is small.</summary>
    private static RecordedExits Random(double[] shared, Random random, params double[] wrong) => RandomExits.Worked(
        "dev",
        [.. shared.Select((u, i) =>
            (i % 2, wrong.Select(share => ((random.NextDouble() < 0.75 ? u : random.NextDouble()) >= share, 0.8)).ToArray()))]);
}
