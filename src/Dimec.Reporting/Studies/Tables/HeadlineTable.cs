using Dimec.Evaluation.Metrics;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>
/// A row a task and set of depths: what the paper's policy saves, what a single tier saves, and what that says of the paper's headline.
/// </summary>
internal static class HeadlineTable
{
    public static ReportTable Of(StudyInputs inputs, IReadOnlyList<StudyVerdict> verdicts)
    {
        var n = inputs.Tasks.Max(task => task.Seeds.Count) is var most && inputs.Tasks.All(task => task.Seeds.Count == most)
            ? $"{StudyNames.Seeds(most)} each, "
            : "";
        return new ReportTable(
            TableCaptions.FormatHeadline(
                seedsEach: n, resampled: StudyNames.Resampled(inputs.Tasks.Max(task => task.Seeds.Count)),
                paper: StudyVerdict.Paper, headline: VerdictWords.Headline),
            TableKind.Sortable,
            [
                "Task|n × seeds; layers",
                "#Cloud|accuracy [95 %]",
                "#Largest|class",
                $"#{StudyVerdict.Paper} save|[95 %]",
                "#At a drop|[95 %]",
                "#Beyond|[95 %]",
                "#Over random|[95 %]",
                "#Tier before|saves, drop",
                $"Headline|{StudyVerdict.Paper}, one tier",
            ],
            [.. inputs.Tasks.SelectMany(task => task.Depths.Select(depths => (task, depths)))
                .Zip(verdicts, (row, verdict) => Row(row.task, row.depths, verdict))]);
    }

    private static Cell[] Row(StudyTask task, StudyDepths depths, StudyVerdict verdict)
    {
        var seeds = depths.Seeds;
        var (pools, before) = (verdict.Pools, seeds.Policies.FirstOrDefault(row => row.Policy == seeds.Costs.Tiers[^2].Name));
        return
        [
            new Cell(task.Name)
            {
                Second =
                    $"{Formatting.Count(seeds.Samples)} × {seeds.Seeds}; {string.Join(", ", seeds.Costs.Tiers.Select(tier => tier.Depth))}",
            },
            Cloud(verdict.Cloud),
            new Cell(Formatting.Percent(verdict.LargestClass), verdict.LargestClass),
            pools is null ? SeedCells.None with { Second = "no plan" } : SeedCells.Percent(pools.Reduction),
            pools is null ? SeedCells.None : SeedCells.Points(pools.Drop),
            pools is null
                ? SeedCells.None
                : SeedCells.Percent(pools.Beyond) with { Text = $"{Formatting.SignedPoints(pools.Beyond.Mean)} %" },
            verdict.Worth is { } worth ? SeedCells.Points(worth) with { Text = Formatting.SignedPoints(worth.Mean) } : SeedCells.None,
            before is null
                ? SeedCells.None
                : new Cell($"{before.Policy} {Formatting.Percent(before.Reduction.Mean)}", before.Reduction.Mean)
                {
                    Second = Formatting.Points(before.Drop.Mean, before.Drop.Interval.Lower, before.Drop.Interval.Upper),
                },
            new Cell(VerdictWords.Of(verdict.Claim))
            {
                Second = verdict.Single is { } single ? $"{single.Policy}: {VerdictWords.Of(verdict.SingleClaim)}" : null,
            },
        ];
    }

    /// <summary>The task's own measure first; where it is another one than accuracy, accuracy below it.</summary>
    private static Cell Cloud(SeedsRow cloud)
    {
        var (own, value) = cloud.Metrics.First();
        return own == TaskMetrics.Accuracy
            ? SeedCells.Percent(cloud.Accuracy)
            : new Cell($"{MetricNames.Of(own)} {Formatting.Number(value, 3)}", value)
            {
                Second = Formatting.Percent(cloud.Accuracy.Mean, cloud.Accuracy.Interval.Lower, cloud.Accuracy.Interval.Upper),
            };
    }
}
