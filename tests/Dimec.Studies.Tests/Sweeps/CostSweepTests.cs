using CsCheck;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Studies.Sweeps;

namespace Dimec.Studies.Tests.Sweeps;

public class CostSweepTests
{
    private static readonly CostStructure s_centre = CostStructure.Default([2, 4, 6]);

    [Fact]
    public void The_grid_spans_a_decade_on_each_axis()
    {
        var grid = CostGrid.Around(s_centre, 6);
        Assert.Equal(216, grid.Count);
        Assert.Equal(216, grid.Select(costs => (costs.Tiers[0].Layer, costs.Tiers[1].Offload, costs.Tiers[2].Offload)).Distinct().Count());
        Assert.All(
            new Func<CostStructure, double>[]
            {
                costs => costs.Tiers[0].Layer, costs => costs.Tiers[1].Offload, costs => costs.Tiers[2].Offload,
            }, axis =>
                Assert.Equal(10, grid.Max(axis) / grid.Min(axis), 1e-9));
        Assert.All(grid, costs => Assert.Equal(Math.Sqrt(costs.Tiers[0].Layer), costs.Tiers[1].Layer, 1e-9));
        Assert.All(grid, costs => Assert.Equal((1, 0), (costs.Tiers[2].Layer, costs.Tiers[0].Offload)));
        Assert.Equal(4, CostGrid.Around(CostStructure.Default([2, 6]), 2).Count);
        Assert.Equal("steps", TextFiles.Error(() => CostGrid.Around(s_centre, 1)).Where);
    }

    [Fact]
    public void A_mobile_that_is_always_right_wins_wherever_its_layers_are_not_dearer()
    {
        var part = RandomExits.Worked(
            "selection", [.. Enumerable.Range(0, 20).Select(i => (i % 2, new[] { (true, 0.9), (true, 0.9), (true, 0.9) }))]);
        var sweep = Run(part, CostGrid.Around(s_centre, 3));
        Assert.Equal(27, sweep.Rows.Count);
        Assert.All(sweep.Rows.Where(row => row.Costs.Tiers[0].Layer <= 1.001), row => Assert.Equal("mobile", row.Winner));
        // Where they are, what stops at the mobile's layer on a cheaper tier saves more: a ladder, which does not play every arm first.
        Assert.Contains(sweep.Rows, row => row.Winner == "ladder");
        var cascade = sweep.Standings().Single(standing => standing.Policy == "cascade");
        Assert.Equal(0, cascade.LargestDrop);
    }

    [Fact]
    public void Where_only_the_cloud_is_right_nobody_saves()
    {
        var part = RandomExits.Worked(
            "selection", [.. Enumerable.Range(0, 20).Select(i => (i % 2, new[] { (false, 0.9), (false, 0.9), (true, 0.6) }))]);
        var sweep = Run(part, [s_centre]);
        Assert.Equal("cloud", sweep.Rows[0].Winner);
        Assert.Equal(1, sweep.Standings().Single(standing => standing.Policy == "mobile").NotKept);
    }

    [Fact]
    public void Every_cell_is_what_planning_at_that_structure_alone_gives() => RandomExits.Gen().Sample(part =>
    {
        var structures = CostGrid.Around(s_centre, 2);
        var sweep = Run(part, structures);
        foreach (var (row, costs) in sweep.Rows.Zip(structures))
        {
            foreach (var outcome in new Planner(Request(part) with { Costs = costs }).PlanAll().OfType<PlanOutcome.Planned>())
                Assert.Equal(outcome.Plan.Expected.Reduction, row.Cells.Single(cell => cell.Policy == outcome.Policy).Reduction, 1e-9);
            Assert.True(row.Cells.Where(cell => cell.KeepsDrop && cell.Policy is not ("random" or "oracle"))
                .All(cell => cell.Reduction <= row.Cells.Single(best => best.Policy == row.Winner).Reduction));
        }
    }, iter: 10);

    [Fact]
    public void A_sweep_says_how_far_it_is_and_stops_when_told()
    {
        var part = RandomExits.Worked("selection", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]));
        var done = new System.Collections.Concurrent.ConcurrentBag<int>();
        CostSweep.Run(Request(part), part, CostGrid.Around(s_centre, 2), done.Add, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 8), done.Order());
        Assert.Throws<OperationCanceledException>(() =>
            CostSweep.Run(Request(part), part, CostGrid.Around(s_centre, 2), null, new CancellationToken(true)));
    }

    [Fact]
    public void A_depth_without_an_exit_is_one_sentence() =>
        Assert.Equal(
            "costs tiers[1].depth",
            TextFiles.Error(() => Run(RandomExits.Gen().Single(), CostGrid.Around(CostStructure.Default([2, 3, 6]), 2))).Where);

    private static SweepDocument Run(RecordedExits part, IReadOnlyList<CostStructure> structures) =>
        CostSweep.Run(Request(part), part, structures, null, CancellationToken.None);

    /// <summary>Nothing is stacked: an exit that is always wrong would be as good as one that is always right.</summary>
    private static PlanRequest Request(RecordedExits part) => new()
    {
        Selection = new SelectionPart(part),
        Costs = s_centre,
        Options = new PlanningOptions { Stack = false },
    };
}
