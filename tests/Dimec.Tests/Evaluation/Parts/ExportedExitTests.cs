using Dimec.Evaluation.Parts;
using Dimec.Predictions;

namespace Dimec.Tests.Evaluation.Parts;

public class ExportedExitTests
{
    [Fact]
    public void Each_exit_that_both_have_is_compared_sample_by_sample()
    {
        // By sample and exit the answers of 100 samples of class 0: the second exit loses 3 and gains 1 of 100, the first none.
        var trained = Part("dev", [2, 4, 6], (i, exit) => i == 50 || (exit == 1 && i == 0) ? 1 : 0);
        var exported = Part("dev", [4, 6], (i, exit) => i == 50 || (exit == 0 && i is 1 or 2 or 3) ? 1 : 0);
        var exits = ExportedExit.Compare(trained, exported);
        Assert.Equal([4, 6], exits.Select(exit => exit.Exit));
        // By hand: trained is wrong about 50 and, at exit 4, 0; exported about 50 and, at exit 4, 1, 2 and 3.
        Assert.Equal((0.98, 0.96, 0.96), (exits[0].Trained, exits[0].Exported, exits[0].Equal));
        Assert.Equal(-0.02, exits[0].Difference.Value, 1e-12);
        // Few disagree, so the ends are Clopper–Pearson's: U(3; 100) and U(1; 100) at 97.5 %.
        Assert.Equal(-0.0851760, exits[0].Difference.Interval.Lower, 1e-6);
        Assert.Equal(0.0544594, exits[0].Difference.Interval.Upper, 1e-6);
        Assert.Equal((0.99, 0.99, 0.0, 1.0), (exits[1].Trained, exits[1].Exported, exits[1].Difference.Value, exits[1].Equal));
    }

    [Fact]
    public void Other_samples_or_exits_are_refused()
    {
        var trained = Part("dev", [2, 4], (_, _) => 0);
        Assert.Contains(
            "is of other samples or classes than the part 'dev' of the run",
            Problem(trained, Part("calibration", [2, 4], (_, _) => 0)), StringComparison.Ordinal);
        Assert.Contains(
            "has the exits 3, 5, none of which the run has (2, 4)",
            Problem(trained, Part("dev", [3, 5], (_, _) => 0)), StringComparison.Ordinal);
        Assert.Contains(
            "without a gold class",
            Problem(Part("dev", [2], (_, _) => 0, gold: -1), trained), StringComparison.Ordinal);
    }

    private static string Problem(RecordedExits trained, RecordedExits exported) =>
        TextFiles.Error(() => ExportedExit.Compare(trained, exported)).Problem;

    private static RecordedExits Part(string part, int[] exits, Func<int, int, int> answer, int gold = 0)
    {
        var builder = new RecordedExitsBuilder(part, exits, 2, 0);
        for (var i = 0; i < 100; i++)
        {
            builder.Add(
                $"{part}-{i}", gold, [.. exits.Index().SelectMany(exit => answer(i, exit.Index) == 0 ? new[] { 2f, 0 } : [0, 2])], []);
        }

        return builder.Build();
    }
}
