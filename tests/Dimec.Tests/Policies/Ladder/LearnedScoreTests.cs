using CsCheck;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Policies.Ladder;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Ladder;

/// <summary>The learned score of a stop against a restatement in numpy, and what must hold of every one.</summary>
public class LearnedScoreTests
{
    private static readonly Gen<RecordedExits> s_parts = Published.SixLayersAndExitZero();

    /// <summary>
    /// The same samples, features and loss in numpy (fp64), by plain gradient descent to a gradient below 1e-13: another way to the same
    /// point. The exit's own confidence is fp32 here, so that not all digits agree.
    /// </summary>
    [Fact]
    public void The_score_is_that_of_numpy()
    {
        var stacks = new LadderStacks(Made(), new FittingOptions { Stack = false, Score = ScoreKind.Learned }, deepest: 6);
        var (score, scores) = stacks.ScoreOf([0, 2]);
        Near([0.28332786, -1.5085469, -5.44555972, 0.28332786, 0.72230406, 0.71596337], score!.Weights, 1e-3);
        Assert.Equal(5.52876582, score.Bias, 1e-3);
        Near([0.27394483, 0.16265695, 0.51543563, 0.29840573, 0.27957705], scores, 1e-5);
    }

    [Fact]
    public void What_the_search_says_is_what_running_it_gives() => Gen.Select(s_parts, Gen.Bool, Gen.Enum<ThresholdSearch>()).Sample(
        (part, stack, search) =>
        {
            var options = new FittingOptions { GridLevels = 3, Stack = stack, Score = ScoreKind.Learned, Thresholds = search };
            var fitting = new PolicyFitting(new SelectionPart(part), Published.Costs, options);
            foreach (var candidate in new LadderFitter().Candidates(fitting))
            {
                var parameters = (LadderParameters)candidate.Parameters;
                Assert.All(parameters.Stops.SkipLast(1), stop => Assert.NotNull(stop.Score));
                var run = PolicyRunner.Run(new LadderPolicy(parameters), part, Published.Costs);
                Assert.Equal(run.Right(part).Count(right => right), candidate.Outcome!.Right);
                Assert.Equal(run.MeanCost, candidate.Outcome.Cost);
            }
        },
        iter: 20);

    [Fact]
    public void No_fit_is_broken_by_extremes() => Gen.Select(s_parts, Gen.Int[-3, 30]).Sample((part, power) =>
    {
        var scale = (float)Math.Pow(10, power);
        var builder = new RecordedExitsBuilder("selection", [2, 6], part.Classes, 0, exitZero: true);
        for (var sample = 0; sample < part.Count; sample++)
        {
            float[] logits = [.. part.ZeroLogits(sample), .. part.Logits(sample, 1), .. part.Logits(sample, 5)];
            builder.Add($"s{sample}", part.Gold[sample], [.. logits.Select(logit => logit * scale)], []);
        }

        var stacks = new LadderStacks(builder.Build(), new FittingOptions { Score = ScoreKind.Learned }, deepest: 6);
        foreach (var exits in (int[][])[[0], [2], [0, 2]])
        {
            var (score, scores) = stacks.ScoreOf(exits);
            Assert.All(score!.Weights.Append(score.Bias), value => Assert.True(double.IsFinite(value), $"{value}"));
            Assert.All(scores, value => Assert.InRange(value, 0, 1));
        }
    });

    private static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));

    /// <summary>60 samples of 3 classes at exits 0, 2 and 6, from a linear congruential generator that any language has.</summary>
    private static RecordedExits Made()
    {
        var state = 42UL;
        var builder = new RecordedExitsBuilder("selection", [2, 6], 3, 0, exitZero: true);
        for (var sample = 0; sample < 60; sample++)
        {
            var gold = (int)(Next() * 3);
            float[] logits = [.. Enumerable.Range(0, 9).Select(at =>
                (float)((4 * Next()) - 2 + (at % 3 == gold ? 0.5 * ((at / 3) + 1) : 0)))];
            builder.Add($"s{sample}", gold, logits, []);
        }

        return builder.Build();

        double Next()
        {
            state = unchecked((state * 6364136223846793005) + 1442695040888963407);
            return (state >> 33) / (double)(1UL << 31);
        }
    }
}
