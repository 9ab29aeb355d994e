namespace Dimec.Reporting.Studies;

/// <summary>How much the paper's router knows of what the first tier gets right, beside the score that knows most.</summary>
internal static class RouterWords
{
    public static string? Of(StudyVerdict verdict)
    {
        var tier = verdict.Depths.Seeds.Costs.Tiers[0].Name;
        var areas = verdict.Depths.Runs
            .SelectMany(run => run.Routers).Where(router => router.Tier == tier && router.Area is not null)
            .GroupBy(router => router.Policy, (policy, seeds) => (Policy: policy, Area: seeds.Average(router => router.Area!.Area))).ToArray();
        var pools = areas.FirstOrDefault(area => area.Policy == StudyVerdict.Paper);
        var best = areas.Where(area => area.Policy != StudyVerdict.Paper).OrderByDescending(area => area.Area).FirstOrDefault();
        return pools.Policy is null || best.Policy is null
            ? null
            : $"Of what {tier} gets right, the router of {pools.Policy} has an AUC of {Formatting.Number(pools.Area, 2)} (0.5 knows nothing); the score that {best.Policy} decides by has {Formatting.Number(best.Area, 2)}{(best.Area > pools.Area ? ", but costs a run of that tier" : "")}.";
    }
}
