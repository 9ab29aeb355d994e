using CsCheck;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Agreement;

public class AgreementTests
{
    private static readonly int[] s_layers = [1, 2, 3, 4, 5, 6];

    [Theory]
    // Both exits of the mobile agree.
    [InlineData(1.0, "mobile", new[] { 1, 1, 0, 0, 0, 0 }, 0, 2.0)]
    // They do not; of the edge's four all must, and do not: 2 + 5 + 9.
    [InlineData(1.0, "mobile", new[] { 1, 0, 0, 0, 0, 0 }, 2, 16.0)]
    // Three of four do for a share of 0.75: 2 + 5.
    [InlineData(0.75, "mobile", new[] { 1, 0, 0, 0, 1, 1 }, 1, 7.0)]
    // The mobile is not asked: 5.
    [InlineData(0.75, "edge", new[] { 1, 0, 0, 0, 1, 1 }, 1, 5.0)]
    public void Worked_by_hand(double share, string first, int[] classes, int tier, double cost)
    {
        var run = Published.Run("agreement", new { share, first, exits = s_layers }, Published.EachLayer(classes));
        Assert.Equal((tier, cost, classes[Published.Costs.Tiers[tier].Depth - 1]), (run.Tiers[0], run.Costs[0], run.Labels[0]));
    }

    [Fact]
    public void A_tier_with_one_exit_is_passed_over()
    {
        var run = Published.Run(
            "agreement", new { share = 1, first = "mobile", exits = new[] { 2, 4, 6 } },
            Published.Exits([2, 4, 6], (0, 0.9), (0, 0.9), (1, 0.9)));
        Assert.Equal((1, 5.0), (run.Tiers[0], run.Costs[0]));
    }

    [Fact]
    public void It_equals_its_restatement() => Gen.Select(Published.SixLayers(), Gen.Int[1, 4]).Sample((part, quarters) =>
    {
        var run = Published.Run("agreement", new { share = quarters / 4.0, first = "mobile", exits = s_layers }, part);
        for (var i = 0; i < part.Count; i++)
        {
            int[] labels = [.. Enumerable.Range(0, 6).Select(exit => Softmax.ArgMax(part.Logits(i, exit)))];
            var expected = new[] { 2, 4 }
                .Where(depth => 4 * labels.Take(depth).Count(label => label == labels[depth - 1]) >= quarters * depth)
                .Append(6)
                .First();
            Assert.Equal(expected, Published.Costs.Tiers[run.Tiers[i]].Depth);
            Assert.Equal(labels[expected - 1], run.Labels[i]);
            Assert.Equal(expected switch { 2 => 2, 4 => 7, _ => 16 }, run.Costs[i]);
        }
    });

    [Fact]
    public void Where_the_edge_has_two_exits_they_must_agree_or_the_cloud_answers_everything()
    {
        var fitter = FitterList.Default.Find("agreement", Published.Costs, "policy");
        var candidates = fitter.Fit(
            new PolicyFitting(new SelectionPart(RandomExits.Gen().Single()), Published.Costs, new FittingOptions()));
        Assert.Equal(
            ["""{"share":1,"first":"edge","exits":[2,4,6]}""", """{"share":1,"first":"cloud","exits":[2,4,6]}"""],
            candidates.Select(candidate => Published.Json(fitter, candidate).GetRawText()));
    }
}
