using CsCheck;
using Dimec.Predictions;

namespace Dimec.Tests.Predictions;

public class SoftmaxTests
{
    [Fact]
    public void Saturated_logits_stay_finite()
    {
        Assert.Equal(1, Softmax.Confidence([1e30f, -1e30f, 0]));
        Assert.Equal(0, Softmax.Probability([1e4f, -1e4f], 1));
        Assert.Equal(0.5f, Softmax.Confidence([3e38f, 3e38f]));
    }

    [Fact]
    public void The_entropy_of_saturated_logits_is_that_of_the_classes_that_are_left()
    {
        // A difference of 6e38 is infinite in fp32, and its class has no probability: 0 · ∞ must not come into it.
        Assert.Equal(0, Softmax.Entropy([3e38f, -3e38f]));
        Assert.Equal(MathF.Log(2), Softmax.Entropy([3e38f, -3e38f, 3e38f]), 1e-6f);
        Assert.Equal(0, Softmax.Entropy([-float.MaxValue, float.MaxValue, 0]));
        Assert.Equal(MathF.Log(3), Softmax.Entropy([-float.MaxValue, -float.MaxValue, -float.MaxValue]), 1e-6f);
    }

    [Fact]
    public void Whatever_the_logits_every_figure_of_them_is_in_its_range() =>
        Gen.Select(ExtremeExits.Number.Array[2, 9], Gen.OneOf(0.05f, 0.3f, 1f, 7f, 20f)).Sample((logits, temperature) =>
        {
            var all = new float[logits.Length];
            Softmax.Probabilities(logits, all);
            Assert.All(all, probability => Assert.InRange(probability, 0, 1));
            Assert.Equal(1, all.Sum(), 1e-5f);
            Assert.InRange(Softmax.Confidence(logits, temperature), (1f / logits.Length) - 1e-6f, 1);
            Assert.All(Enumerable.Range(0, logits.Length), label => Assert.InRange(Softmax.Probability(logits, label, temperature), 0, 1));
            Assert.InRange(Softmax.Entropy(logits), 0, MathF.Log(logits.Length) + 1e-5f);
            Assert.Equal(Array.IndexOf(logits, logits.Max()), Softmax.ArgMax(logits));
        });

    [Fact]
    public void A_temperature_is_in_its_range_whatever_the_logits() => ExtremeExits.Gen("selection").Sample(part =>
        Assert.All(Enumerable.Range(0, part.Exits.Count), exit => Assert.InRange(Temperature.Fit(part, exit), 0.05 - 1e-9, 20 + 1e-9)),
        iter: 50);

    [Fact]
    public void Probabilities_equal_the_definition_in_double() => Gen.Float[-30, 30].Array[2, 15].Sample(logits =>
    {
        var expected = logits.Select(logit => Math.Exp(logit)).ToArray();
        var actual = new float[logits.Length];
        Softmax.Probabilities(logits, actual);
        for (var i = 0; i < logits.Length; i++)
        {
            Assert.Equal(expected[i] / expected.Sum(), actual[i], 1e-5);
            Assert.Equal(actual[i], Softmax.Probability(logits, i), 1e-6);
        }

        Assert.Equal(actual.Max(), Softmax.Confidence(logits), 1e-6);
        Assert.Equal(Array.IndexOf(logits, logits.Max()), Softmax.ArgMax(logits));
    });

    [Fact]
    public void A_temperature_of_scaled_logits_is_the_scale()
    {
        // Labels drawn from softmax(z): the best temperature of k · z is k.
        var random = new Random(1);
        foreach (var scale in new[] { 0.5f, 1, 3 })
        {
            var builder = new RecordedExitsBuilder("selection", [2], 3, 0);
            for (var i = 0; i < 20_000; i++)
            {
                float[] logits = [(float)random.NextDouble() * 3, (float)random.NextDouble() * 3, (float)random.NextDouble() * 3];
                var draw = random.NextDouble();
                var gold = draw < Softmax.Probability(logits, 0) ? 0
                    : draw < Softmax.Probability(logits, 0) + Softmax.Probability(logits, 1) ? 1
                    : 2;
                builder.Add($"{i}", gold, [.. logits.Select(logit => logit * scale)], []);
            }

            Assert.Equal(scale, Temperature.Fit(builder.Build(), 0), 0.07 * scale);
        }
    }

    [Fact]
    public void No_other_temperature_is_likelier() => RandomExits.Gen(exits: 1).Sample(part =>
    {
        double Likelihood(double temperature) => Enumerable.Range(0, part.Count).Sum(i =>
        {
            var scaled = part.Logits(i, 0).ToArray().Select(logit => logit / temperature).ToArray();
            return scaled[part.Gold[i]] - Math.Log(scaled.Sum(Math.Exp));
        });
        var fitted = Temperature.Fit(part, 0);
        foreach (var other in new[] { 0.05, 0.3, 1, 2, 7, 20, fitted * 0.99, fitted * 1.01 })
        {
            if (other is >= 0.05 and <= 20)
                Assert.True(Likelihood(fitted) >= Likelihood(other) - 1e-6);
        }
    });
}
