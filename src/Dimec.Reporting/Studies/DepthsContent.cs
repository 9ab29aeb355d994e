using Dimec.Studies.Ablations;

namespace Dimec.Reporting.Studies;

/// <summary>One task at one set of depths.</summary>
internal static class DepthsContent
{
    public static void Write(IStudyPage page, StudyTask task, StudyDepths depths, int place, int set)
    {
        var (id, costs) = (StudyNames.Id(place, set), depths.Seeds.Costs);
        page.Section(3, id, $"Tiers at {StudyNames.Depths(costs)}", () =>
        {
            page.Section(4, $"{id}-policies", "Every policy", () => Policies(page, task, depths));
            page.Section(4, $"{id}-protocols", "Both ways of choosing", () => Protocols(page, task, depths));
            if (depths.Runs.Any(run => run.Routers.Count > 0))
                page.Section(4, $"{id}-routers", "What the routers know", () => page.Table(RoutersTable.Of(task, depths)));
            if (depths.Runs.Any(run => run.Frontiers.Count > 0))
            {
                page.Section(4, $"{id}-frontier", "Frontier", () =>
                {
                    page.Figure(StudyFrontier.Of(task, depths, StudyNames.File(place, task.Name, costs, "frontier")));
                    page.Table(FrontierTable.Of(depths));
                });
            }

            if (depths.Sweeps.Count > 0 && depths.Sweeps[0].Rows.Count > 0)
            {
                page.Section(4, $"{id}-sweep", "Who wins at which costs", () =>
                {
                    page.Figure(SweepHeatmap.Of(depths, StudyNames.File(place, task.Name, costs, "sweep")));
                    page.Table(StandingsTable.Of(task, depths));
                });
            }

            if (depths.PoolTiers.Count > 0)
                page.Section(4, $"{id}-pools", "Pools against tiers", () => Pools(page, depths));
            if (depths.Ablations is { } ablations)
                page.Section(4, $"{id}-choices", StudySentences.ChoicesHeading, () => Choices(page, ablations));
            if (depths.Promises.Count > 0)
                page.Section(4, $"{id}-promises", StudySentences.PromisesHeading, () => PromisesContent.Write(page, depths.Promises));
            if (depths.Runs.Any(run => run.Regrets.Count > 0))
            {
                page.Section(4, $"{id}-regret", "Regret of the bandits", () =>
                {
                    page.Figure(RegretCurves.Of(depths, StudyNames.File(place, task.Name, costs, "regret")));
                    page.Table(RegretTable.Of(depths));
                });
            }
        });
    }

    private static void Pools(IStudyPage page, StudyDepths depths)
    {
        page.Table(PoolTiersTable.Of(depths));
        page.Table(PoolTrendTable.Of(depths));
    }

    private static void Choices(IStudyPage page, AblationTable ablations)
    {
        page.Table(ChoicesTable.Of(ablations));
        string[] reasons = [.. ablations.Rows.SelectMany(row => row.Reasons.Select(reason => $"{row.Switch} {row.Choice}: {reason}"))];
        if (reasons.Length > 0)
            page.Note(StudySentences.NotPlanned, reasons);
    }

    private static void Policies(IStudyPage page, StudyTask task, StudyDepths depths)
    {
        page.TierKey(depths.Seeds.Costs, depths.HasExitZero);
        page.Table(PoliciesTable.Of(depths));
        string[] lacking = [.. task.Seeds.Zip(depths.Runs).SelectMany(seed =>
            seed.Second.Evaluation.NotPossible.Select(policy => $"{policy.Name}, seed {Formatting.Count(seed.First)}: {policy.Reason}"))];
        if (lacking.Length > 0)
            page.Note(StudySentences.NotPossible, lacking);
    }

    private static void Protocols(IStudyPage page, StudyTask task, StudyDepths depths)
    {
        page.Table(ProtocolsTable.Of(depths));
        page.Prose(StudySentences.FormatShift(apart: ShiftWords.Of(depths.Runs), level: Formatting.Number(ShiftWords.Level, 2)));
        page.Table(ShiftTable.Of(task, depths));
    }
}
