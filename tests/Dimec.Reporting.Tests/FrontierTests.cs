using Dimec.Reporting.Drawing;
using Dimec.Reporting.Tests.Made;

namespace Dimec.Reporting.Tests;

public class FrontierTests
{
    [Fact]
    public void Tiers_the_chosen_plan_and_a_bound_off_the_scale_are_named_with_their_figures()
    {
        var texts = Pictures.Texts(s => FrontierPlot.WriteSvg(MadeFrontier.Of(), s));
        foreach (var text in (string[])["mobile", "edge", "cloud", "random", "chosen: 51.7 %, −0.1", "oracle: +6.2, off the scale", "pools (sweep)", "oracle (upper bound)"])
            Assert.Contains(text, texts);
    }

    [Fact]
    public void Hints_give_each_point_with_n_and_interval()
    {
        var hints = Pictures.Svg(s => FrontierPlot.WriteSvg(MadeFrontier.Of(), s)).All("title").Select(t => t.Value).ToList();
        Assert.Contains("single tiers, edge: 44.4 % saved (5.00 layers a sample), +0.1 [−0.6, +0.7] points, n = 872", hints);
        Assert.Equal(MadeFrontier.Of().Series.Sum(s => s.Points.Count) + 1, hints.Count);
    }

    [Fact]
    public void A_single_point_and_one_that_is_not_finite_can_be_drawn()
    {
        var lone = MadeFrontier.Of() with
        {
            Series = [new("cloud", FrontierKind.SingleTier, [MadeFrontier.Point("cloud", 0, 0)]), new("broken", FrontierKind.Sweep, [MadeFrontier.Point("x", double.NaN, 0)])],
            Chosen = null,
        };
        var svg = Pictures.Svg(s => FrontierPlot.WriteSvg(lone, s));
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        Assert.Contains(svg.All("text"), t => t.Value == "cloud");
    }

    [Theory]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(-15, 78, 5, new double[] { 0, 20, 40, 60 })]
    [InlineData(-0.3, 0.3, 4, new[] { -0.2, 0, 0.2 })]
    public void Ticks_are_round(double low, double high, int count, double[] expected) => Assert.Equal(expected, new Axis(low, high, 0, 100).Ticks(count));
}
