using Dimec.Reporting.Drawing;
using Dimec.Reporting.Tests.Drawing;

namespace Dimec.Reporting.Tests.Frontiers;

public class FrontierTests
{
    [Fact]
    public void Tiers_the_chosen_plan_and_a_bound_off_the_scale_are_named_with_their_figures()
    {
        var texts = Pictures.Texts(s => FrontierPlot.WriteSvg(MadeFrontier.Of(), s));
        foreach (var text in (string[])
        [
            "mobile", "edge", "cloud", "random", "chosen", "51.7 % saved, −0.1 points", "oracle", "+6.2 ↑", "pools (sweep)",
            "oracle (upper bound)",
        ])
        {
            Assert.Contains(text, texts);
        }
    }

    [Fact]
    public void Points_in_one_place_share_a_label()
    {
        var there = MadeFrontier.Of() with { Chosen = MadeFrontier.Point("pools", 0, 0) };
        var texts = Pictures.Texts(s => FrontierPlot.WriteSvg(there, s));
        Assert.Contains("chosen = cloud", texts);
        Assert.Contains("0.0 % saved, 0.0 points", texts);
        Assert.DoesNotContain("cloud", texts);
    }

    [Fact]
    public void What_loses_far_too_much_stands_at_the_rim_and_leaves_the_rest_its_room()
    {
        var made = MadeFrontier.Of();
        var deep = made with
        {
            Series =
            [
                .. made.Series.Select(series => series.Kind == FrontierKind.SingleTier
                    ? series with { Points = [MadeFrontier.Point("mobile", 0.778, 0.17), .. series.Points.Skip(1)] }
                    : series),
                new(
                    "deep", FrontierKind.Sweep,
                    [MadeFrontier.Point("a", 0.3, 0.01), MadeFrontier.Point("b", 0.6, 0.05), MadeFrontier.Point("c", 0.7, 0.2)]),
            ],
        };
        var svg = Pictures.Svg(s => FrontierPlot.WriteSvg(deep, s));
        var texts = svg.All("text").Select(t => t.Value).ToList();
        Assert.Contains("−17 ↓", texts);
        Assert.Contains("−6", texts);
        Assert.DoesNotContain("−10", texts);
        Assert.DoesNotContain(svg.All("title"), title => title.Value.StartsWith("deep, c", StringComparison.Ordinal));
        // The line to the point below ends at the frame: nothing is drawn under the axis.
        var frame = svg.All("text").Where(t => t.Value == "0 %").Select(t => (float)t.Attribute("y")!).Single() - 17;
        var lowest = svg.All("path").Where(p => ((string)p.Attribute("style")!).StartsWith("fill:none", StringComparison.Ordinal))
            .SelectMany(p => ((string)p.Attribute("d")!)[1..].Split('L'))
            .Max(point => float.Parse(point.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(lowest, frame - 1, frame + 0.1);
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
            Series =
            [
                new("cloud", FrontierKind.SingleTier, [MadeFrontier.Point("cloud", 0, 0)]),
                new("broken", FrontierKind.Sweep, [MadeFrontier.Point("x", double.NaN, 0)]),
            ],
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
    public void Ticks_are_round(double low, double high, int count, double[] expected) =>
        Assert.Equal(expected, new Axis(low, high, 0, 100).Ticks(count));
}
