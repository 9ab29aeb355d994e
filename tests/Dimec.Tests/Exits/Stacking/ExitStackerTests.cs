using CsCheck;
using Dimec.Exits.Stacking;
using Dimec.Predictions;

namespace Dimec.Tests.Exits.Stacking;

/// <summary>Stacked exits against a restatement in numpy, and what must hold of every fit.</summary>
public class ExitStackerTests
{
    /// <summary>
    /// The same samples and loss in numpy (fp64), by 200,000 steps of plain gradient descent, to a gradient below 1e-13: another way to the
    /// same point.
    /// </summary>
    [Fact]
    public void The_fit_is_that_of_numpy()
    {
        var part = Made();
        var stacked = ExitStacker.Fit(part, [0, 2, 6]);
        Assert.Equal([0, 2, 6], stacked.Inputs);
        Near([0.43367633, 0.66392662, 1.12232658], stacked.Weights);
        Near([-0.10745754, 0.00956187, 0.09789567], stacked.Bias);
        ExitAnswer[] answers = [.. Enumerable.Range(0, 4).Select(sample => Answer(stacked, part, sample))];
        Assert.Equal([1, 1, 1, 2], answers.Select(answer => answer.Label));
        Near([0.92381363, 0.750896, 0.79570133, 0.63526758], [.. answers.Select(answer => (double)answer.Confidence)]);
    }

    [Fact]
    public void Nothing_to_fit_on_leaves_the_exit_as_it_is()
    {
        var builder = new RecordedExitsBuilder("selection", [2, 4], 3, 0);
        builder.Add("a", -1, [1, 2, 3, 6, 5, 4], []);
        var part = builder.Build();
        var stacked = ExitStacker.Fit(part, [2, 4]);
        Assert.Equal([0, 1], stacked.Weights);
        Assert.Equal(0, Answer(stacked, part, 0).Label);
        Assert.Equal(Softmax.Confidence([6, 5, 4]), Answer(stacked, part, 0).Confidence, 1e-6f);
    }

    [Fact]
    public void No_fit_is_less_likely_than_the_exit_itself_and_none_is_broken_by_extremes() =>
        Gen.Select(RandomExits.Gen(most: 30), Gen.Double[-3, 12]).Sample((part, power) =>
        {
            var builder = new RecordedExitsBuilder("selection", [2, 4, 6], part.Classes, 0);
            var scale = (float)Math.Pow(10, power);
            for (var sample = 0; sample < part.Count; sample++)
            {
                float[] logits = [.. Enumerable.Range(0, 3).SelectMany(exit => part.Logits(sample, exit).ToArray())];
                builder.Add($"s{sample}", part.Gold[sample], [.. logits.Select(logit => logit * scale)], []);
            }

            var scaled = builder.Build();
            var (stacked, plain) = (ExitStacker.Fit(scaled, [2, 4, 6]), StackedExit.Plain([2, 4, 6]));
            Assert.All(stacked.Weights.Concat(stacked.Bias), value => Assert.True(double.IsFinite(value), $"{value}"));
            double Loss(StackedExit exit)
            {
                var likelihood = new StackedLikelihood(scaled, exit.Inputs, [.. Enumerable.Range(0, scaled.Count)], scaled.Classes);
                return likelihood.Loss([.. exit.Weights, .. exit.Bias.Count > 0 ? exit.Bias : new double[scaled.Classes]]);
            }

            Assert.True(Loss(stacked) <= Loss(plain) + 1e-9, $"{Loss(stacked)} after {Loss(plain)}");
        });

    private static ExitAnswer Answer(StackedExit stacked, RecordedExits part, int sample)
    {
        var scores = new double[part.Classes];
        stacked.Begin(scores);
        for (var input = 0; input < stacked.Inputs.Count; input++)
        {
            var layer = stacked.Inputs[input];
            stacked.Add(input, layer == 0 ? part.ZeroLogits(sample) : part.Logits(sample, part.IndexOfExit(layer)), scores);
        }

        return StackedExit.Answer(scores);
    }

    private static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6));

    /// <summary>40 samples of 3 classes at exits 0, 2 and 6, from a linear congruential generator that any language has.</summary>
    private static RecordedExits Made()
    {
        var state = 42UL;
        var builder = new RecordedExitsBuilder("selection", [2, 6], 3, 0, exitZero: true);
        for (var sample = 0; sample < 40; sample++)
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
