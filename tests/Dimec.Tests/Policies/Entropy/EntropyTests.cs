using CsCheck;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Entropy;

public class EntropyTests
{
    [Theory]
    // H(0.9) = 0.3251 nats, H(0.75) = 0.5623: below the threshold, not at it, an exit answers.
    [InlineData(0.33, 0, 2.0)]
    [InlineData(0.32, 2, 16.0)]
    [InlineData(0.0, 2, 16.0)]
    [InlineData(0.7, 0, 2.0)]
    public void Worked_by_hand(double threshold, int tier, double cost)
    {
        var run = Published.Run("entropy", new { entropy = threshold }, Published.Exits([2, 4, 6], (0, 0.9), (1, 0.75), (0, 0.99)));
        Assert.Equal((tier, cost), (run.Tiers[0], run.Costs[0]));
    }

    [Fact]
    public void It_equals_its_restatement() => Gen.Select(RandomExits.Gen(), Gen.Double[0, 1.2]).Sample((part, threshold) =>
    {
        var run = Published.Run("entropy", new { entropy = threshold }, part);
        for (var i = 0; i < part.Count; i++)
        {
            double Entropy(int exit)
            {
                var weights = part.Logits(i, exit).ToArray().Select(logit => Math.Exp(logit)).ToArray();
                return weights.Sum(weight => -weight / weights.Sum() * Math.Log(weight / weights.Sum()));
            }

            // Within a rounding of the threshold either may be right.
            if (Enumerable.Range(0, 2).Any(exit => Math.Abs(Entropy(exit) - threshold) < 1e-5))
                continue;
            var expected = Enumerable.Range(0, 2).Where(exit => Entropy(exit) < threshold).Append(2).First();
            Assert.Equal(expected, run.Tiers[i]);
            Assert.Equal(new[] { 2.0, 7, 16 }[expected], run.Costs[i]);
        }
    });

    [Fact]
    public void Entropy_is_0_for_a_sure_exit_and_that_of_a_coin_for_equals()
    {
        Assert.Equal(0, Softmax.Entropy([1000, -1000]));
        Assert.Equal(Math.Log(2), Softmax.Entropy([3, 3]), 1e-6);
        Assert.Equal(Math.Log(15), Softmax.Entropy(new float[15]), 1e-6);
    }
}
