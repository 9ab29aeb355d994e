using Dimec.Policies;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Plots;
using Dimec.Studies.Measures;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>
/// The frontier of a set of depths: single tiers and the paper's plan over all seeds, the contenders' sweeps of the first seed.
/// </summary>
internal static class StudyFrontier
{
    public static ReportFigure Of(StudyTask task, StudyDepths depths, string file)
    {
        var seeds = depths.Seeds;
        var frontier = Make(depths);
        return new ReportFigure(
            FrontierPlot.Describe(frontier),
            PlotCaptions.FormatFrontier(
                part: seeds.Part, n: Formatting.Count(seeds.Samples), unit: seeds.Costs.Unit, seed: Formatting.Count(task.Seeds[0]),
                policy: StudyVerdict.Paper, seeds: StudyNames.Seeds(seeds.Seeds)),
            (480, 520), (canvas, box) => FrontierPlot.Draw(canvas, box, frontier),
            PlotData.Of(
                file, ["policy", "seed_place", "cost", "unit", "reduction", "accuracy", "drop", "passed_on", "part", "n"], Rows(depths)));
    }

    private static Frontier Make(StudyDepths depths)
    {
        var (seeds, costs) = (depths.Seeds, depths.Seeds.Costs);
        var sweeps = depths.Runs[0].Frontiers.Where(frontier => frontier.Points.Any(IsSaving))
            .Select(frontier => new FrontierSeries(
                frontier.Policy, FrontierKind.Sweep,
                [.. Best(frontier.Points.Where(IsSaving)).Select(point => Point(frontier.Policy, point))]));
        var rows = seeds.Policies.Where(row => PolicyList.Default.KindOf(row.Policy, costs) is PolicyKind.SingleTier or PolicyKind.Bound)
            .OrderByDescending(row => row.Reduction.Mean);
        var alone = rows.Select(row => PolicyList.Default.KindOf(row.Policy, costs) == PolicyKind.SingleTier
            ? new FrontierSeries($"{row.Policy} only", FrontierKind.SingleTier, [Point(row, costs.Cloud)])
            : new FrontierSeries(row.Policy, FrontierKind.UpperBound, [Point(row, costs.Cloud)]));
        return new Frontier
        {
            Name = StudyNames.Depths(costs),
            Unit = costs.Unit,
            Part = seeds.Part,
            Count = seeds.Samples,
            Series = [.. sweeps, .. alone],
            Chosen = seeds.Policies.FirstOrDefault(row => row.Policy == StudyVerdict.Paper) is { } pools ? Point(pools, costs.Cloud) : null,
        };
    }

    /// <summary>What costs more than the cloud is no choice, and would take the room of what is.</summary>
    private static bool IsSaving(MeasuredPoint point) => point.Reduction >= 0;

    /// <summary>The points that no other point of the sweep beats, cheapest first.</summary>
    private static IEnumerable<MeasuredPoint> Best(IEnumerable<MeasuredPoint> points)
    {
        var least = double.PositiveInfinity;
        foreach (var point in points.OrderBy(point => point.Cost).ThenBy(point => point.Drop))
        {
            if (point.Drop >= least)
                continue;
            least = point.Drop;
            yield return point;
        }
    }

    private static PlottedPoint Point(string policy, MeasuredPoint point) =>
        new(policy, point.Cost, point.Reduction, point.Accuracy, point.Drop, point.Drop, point.Drop);

    private static PlottedPoint Point(SeedsRow row, double cloud) => new(
        row.Policy, cloud * (1 - row.Reduction.Mean), row.Reduction.Mean, row.Accuracy.Mean, row.Drop.Mean, row.Drop.Interval.Lower,
        row.Drop.Interval.Upper);

    private static IEnumerable<string[]> Rows(StudyDepths depths)
    {
        var seeds = depths.Seeds;
        return depths.Runs.SelectMany((run, seed) => run.Frontiers.SelectMany(frontier => frontier.Points.Select(point => (string[])
        [
            frontier.Policy, Formatting.Exact(seed + 1), Formatting.Exact(point.Cost), seeds.Costs.Unit, Formatting.Exact(point.Reduction),
            Formatting.Exact(point.Accuracy),
            Formatting.Exact(point.Drop), Formatting.Exact(point.PassedOn), seeds.Part, Formatting.Exact(seeds.Samples),
        ])));
    }
}
