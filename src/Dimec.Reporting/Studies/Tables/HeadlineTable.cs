using Dimec.Evaluation.Metrics;
using Dimec.Evaluation.Seeds;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Tables;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>
/// Two rows a task and set of depths: what the paper's policy saves and what the best of our own does,
/// and what that says of the paper's headline and of our goal.
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
                paper: StudyVerdict.Paper, headline: VerdictWords.Headline, own: OwnWords.Policies, goal: OwnWords.Goal),
            TableKind.Sortable,
            [
                "Task|n × seeds; layers",
                "#Cloud|accuracy [95 %]",
                "#Largest|class",
                "#Saves|[95 %]",
                "#At a drop|[95 %] to",
                "#Beyond|[95 %] tier",
                "#Phone →|[95 %]",
                "#Over random|[95 %]",
                "Judged|and one tier",
            ],
            [.. inputs.Tasks.SelectMany(task => task.Depths.Select(depths => (task, depths)))
                .Zip(verdicts, (row, verdict) => Rows(row.task, row.depths, verdict)).SelectMany(rows => rows)]);
    }

    private static IEnumerable<Cell[]> Rows(StudyTask task, StudyDepths depths, StudyVerdict verdict)
    {
        var seeds = depths.Seeds;
        var cloud = seeds.Costs.Tiers[^1].Name;
        var name = new Cell(task.Name)
        {
            Second =
                $"{Formatting.Count(seeds.Samples)} × {seeds.Seeds}; {string.Join(", ", seeds.Costs.Tiers.Select(tier => tier.Depth))}",
        };
        var largest = new Cell(Formatting.Percent(verdict.LargestClass), verdict.LargestClass);
        yield return
        [
            name, Cloud(verdict.Cloud), largest,
            .. verdict.Pools is { } pools ? Figures(pools, pools.Drop, cloud) : NoPlan(StudyVerdict.Paper),
            verdict.Worth is { } worth ? SeedCells.Points(worth) with { Text = Formatting.SignedPoints(worth.Mean) } : SeedCells.None,
            new Cell(VerdictWords.Of(verdict.Claim))
            {
                Second = verdict.Single is { } single ? $"{single.Policy}: {VerdictWords.Of(verdict.SingleClaim)}" : null,
            },
        ];
        if (verdict.Own is { } own)
        {
            yield return
            [
                name, Cloud(own.Cloud), largest, .. Figures(own.Row, own.Row.StackedDrop!, "stacked"), SeedCells.None,
                new Cell(VerdictWords.Of(own.Goal))
                {
                    Second = own.Ngram is { StackedDrop: not null }
                        ? $"{own.Ngram.Policy}: {VerdictWords.Of(StudyClaim.Goal.Of(own.Ngram))}"
                        : null,
                },
            ];
        }
    }

    private static Cell[] NoPlan(string policy) =>
        [SeedCells.None with { Text = policy, Second = "no plan" }, SeedCells.None, SeedCells.None, SeedCells.None];

    private static Cell[] Figures(SeedsRow row, SeedMean drop, string reference) =>
    [
        SeedCells.Percent(row.Reduction) with { Text = $"{row.Policy} {Formatting.Percent(row.Reduction.Mean)}" },
        SeedCells.Points(drop, reference),
        Beyond(row.Beyond, row.BestSingle),
        row.BeyondPhoneCloud is { } phone ? Beyond(phone) : SeedCells.None,
    ];

    private static Cell Beyond(SeedMean beyond, string? tier = null)
    {
        var cell = SeedCells.Percent(beyond) with { Text = $"{Formatting.SignedPoints(beyond.Mean)} %" };
        return tier is null ? cell : cell with { Second = $"{cell.Second} {tier}" };
    }

    /// <summary>Of either cloud the task's own measure first; where it is another one than accuracy, accuracy below it.</summary>
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
