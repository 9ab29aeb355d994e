using Dimec.Reporting.Studies.Verdicts;

namespace Dimec.Reporting.Studies;

/// <summary>How much the paper's router knows of what the first tier gets right, beside the score that knows most.</summary>
internal static class RouterWords
{
    public static string? Of(StudyVerdict verdict)
    {
        var tier = verdict.Depths.Seeds.Costs.Tiers[0].Name;
        var areas = verdict.Depths.Runs
            .SelectMany(run => run.Routers).Where(router => router.Tier == tier && router.Auroc is not null)
            .GroupBy(router => router.Policy, (policy, seeds) => (Policy: policy, Area: seeds.Average(router => router.Auroc!.Value)))
            .ToArray();
        var pools = areas.FirstOrDefault(area => area.Policy == StudyVerdict.Paper);
        var best = areas.Where(area => area.Policy != StudyVerdict.Paper).OrderByDescending(area => area.Area).FirstOrDefault();
        if (pools.Policy is null || best.Policy is null)
            return null;
        var (area, other) = (Formatting.Number(pools.Area, 2), Formatting.Number(best.Area, 2));
        return best.Area > pools.Area
            ? VerdictSentences.FormatRouterBesideDearerScore(tier: tier, paper: pools.Policy, area: area, policy: best.Policy, other: other)
            : VerdictSentences.FormatRouter(tier: tier, paper: pools.Policy, area: area, policy: best.Policy, other: other);
    }
}
