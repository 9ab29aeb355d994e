using Dimec.Planning.Promises;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Studies.Promises;

namespace Dimec.Studies.Tests.Promises;

public class MadePromisesTests
{
    private const double Delta = 0.05;
    private static readonly RedrawOptions s_options = new(1000, 0.005);

    [Theory]
    [InlineData(PromiseLoss.Lost)]
    [InlineData(PromiseLoss.Paired)]
    [InlineData(PromiseLoss.Differs)]
    public void A_plan_that_loses_a_fifth_of_what_is_promised_is_found_and_no_promise_is_broken_too_often(PromiseLoss loss)
    {
        RedrawableChain[] known = [.. new[] { 1, 25, 100 }.Select(plans => MadePromises.Known(plans, loss, s_options))];
        var chains = Redrawing.Run(known, 40_000, [10_000], s_options, TestContext.Current.CancellationToken);
        Assert.Equal([1, 25, 100], chains.Select(chain => chain.Plans));
        Assert.All(chains, chain => Assert.Equal(0.001, chain.LeastLoss, 1e-12));
        Assert.All(chains.SelectMany(chain => chain.Counts), count => Assert.True(
            count.Broken <= s_options.Draws * (Delta + (3 * Math.Sqrt(Delta * (1 - Delta) / s_options.Draws))), $"{count}"));
        // The defaults find one nearly always; losses of 0 and 1 do by every procedure and bound.
        Assert.All(chains.SelectMany(chain => chain.Counts.Where(count =>
            loss != PromiseLoss.Paired || (count.Procedure == "fixed-sequence" && count.Bound == chain.Bound))),
            count => Assert.True(count.Found >= 0.9 * s_options.Draws, $"{count}"));
    }

    [Fact]
    public void Plans_lose_more_and_more_up_to_twice_what_is_promised()
    {
        var plans = MadePromises.Known(25, PromiseLoss.Paired, s_options).Plans;
        Assert.Equal(0.001, plans.Losses[0], 1e-12);
        Assert.Equal(0.01, plans.Losses[^1], 1e-12);
        Assert.Equal(plans.Losses.Order(), plans.Losses);
        Assert.Equal(plans.Saved.Order(), plans.Saved);
        // Those that keep half a point: 0.001 + 12 · 0.009 / 24 is 0.0055.
        Assert.Equal(0.9 * 11 / 25, MadePromises.Known(25, PromiseLoss.Lost, s_options).With([]).BestSaved, 1e-12);
    }

    [Fact]
    public void Deeper_made_exits_know_more()
    {
        var part = MadeExits.Of(PartNames.Dev, 4000, seed: 3);
        int[] right =
        [
            Enumerable.Range(0, 4000).Count(i => ArgMax(part.ZeroLogits(i)) == part.Gold[i]),
            .. Enumerable.Range(0, 3).Select(exit => part.Right(exit).Count(isRight => isRight)),
        ];
        Assert.Equal(right.Order(), right);
        Assert.InRange(right[0], 4000 * 0.5, 4000 * 0.8);
        Assert.InRange(right[^1], right[0] + 300, 4000 * 0.97);
        Assert.Equal(MadeExits.Of(PartNames.Dev, 50, seed: 3).Gold, MadeExits.Of(PartNames.Dev, 50, seed: 3).Gold);
    }

    [Fact]
    public void Policies_and_known_losses_are_redrawn_from_one_population()
    {
        var redraws = MadePromises.Run(s_options with { Draws = 3 }, TestContext.Current.CancellationToken);
        Assert.Equal((3, 40_000), (redraws.Draws, redraws.Population));
        Assert.Equal([10_000], redraws.Samples);
        Assert.Equal(9, redraws.Known.Count);
        Assert.Contains(redraws.Chains, chain => chain.Policy == PolicyList.Any && chain.Plans > 10);
    }

    private static int ArgMax(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
            best = logits[i] > logits[best] ? i : best;
        return best;
    }
}
