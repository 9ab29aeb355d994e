using Dimec.Evaluation.Routers;

namespace Dimec.Tests.Evaluation.Routers;

public class CallPerformanceTests
{
    [Fact]
    public void A_hand_worked_sweep()
    {
        // Weak 0.6, strong 0.8. At half the calls 0.75 of the gap is recovered: APGR = 0.5 · 0.375 + 0.5 · 0.875 = 0.625.
        var measured = CallPerformance.Of([new(0.5, 0.75)], 0.6, 0.8)!;
        Assert.Equal(0.625, measured.Apgr, 1e-12);
        Assert.Equal(0.5 * 0.2 / 0.75, measured.Cpt20!.Value, 1e-12);
        Assert.Equal(1 / 3.0, measured.Cpt50!.Value, 1e-12);
        Assert.Equal(0.6, measured.Cpt80!.Value, 1e-12);
    }

    [Fact]
    public void A_random_router_recovers_half()
    {
        var measured = CallPerformance.Of(Enumerable.Range(0, 11).Select(i => new CallPoint(i / 10.0, 0.7 + (0.01 * i))), 0.7, 0.8)!;
        Assert.Equal(0.5, measured.Apgr, 1e-9);
        Assert.Equal(0.2, measured.Cpt20!.Value, 1e-9);
        Assert.Equal(0.8, measured.Cpt80!.Value, 1e-9);
    }

    [Fact]
    public void Without_a_gap_there_is_nothing_to_recover() => Assert.Null(CallPerformance.Of([new(0.5, 0.9)], 0.8, 0.8));

    [Fact]
    public void Of_points_at_one_share_the_best_counts() =>
        Assert.Equal(
            CallPerformance.Of([new(0.5, 0.75)], 0.6, 0.8), CallPerformance.Of([new(0.5, 0.61), new(0.5, 0.75), new(0, 0.1)], 0.6, 0.8));

    [Fact]
    public void The_frontier_s_area_mixes_points()
    {
        // From 2 to 9: straight from (2, 0.6) to (5, 0.9), then level; (3, 0.65) lies below the line.
        var area = FrontierArea.Of([(2, 0.6), (3, 0.65), (5, 0.9), (9, 0.85)], 2, 9);
        Assert.Equal(((3 * 0.75) + (4 * 0.9)) / 7, area, 1e-12);
        Assert.Equal(0.7, FrontierArea.Of([(1, 0.7)], 2, 9), 1e-12);
        Assert.True(double.IsNaN(FrontierArea.Of([(3, 0.7)], 2, 9)));
    }
}
