using Dimec.Reporting.Html;
using Dimec.Studies;

namespace Dimec.Reporting.Studies;

/// <summary>The contenders' whole sweeps in one number each, and RouteLLM's measures of them.</summary>
internal static class FrontierTable
{
    public static ReportTable Of(StudyDepths depths)
    {
        var (seeds, cloud) = (depths.Seeds, depths.Seeds.Costs.Tiers[^1].Name);
        var second = seeds.Seeds > 1 ? "|seeds" : "";
        // RouteLLM has two models; a random router of three tiers recovers more, since a tier between is no call of the last one.
        var random = seeds.Costs.Tiers.Count == 2 ? ", 0.5 for a random router (RouteLLM)" : $" (RouteLLM, made for two models: what a tier between answers counts as no share of {cloud}, so that sending all to it recovers its gap for nothing; 0.5 is no mark of chance here)";
        return new ReportTable(
            $"{seeds.Part}, n = {Formatting.Count(seeds.Samples)}, means over {StudyNames.Seeds(seeds.Seeds)}. Points are chosen on the selection part; of them the most accurate mix at each budget, and the most accurate point at each share, is taken on {seeds.Part}, so that all policies are a little flattered alike. Area: mean accuracy over all budgets from the cheapest tier to the dearest. CPT x %: the share of {cloud} that recovers x % of the gap between the first tier and {cloud}; APGR: the mean gap recovered over all shares{random}. A dash: {cloud} is no better than the first tier, or x % is never reached.",
            TableKind.Sortable,
            ["Policy", $"#Area{second}", $"#CPT 20 %{second}", $"#CPT 50 %{second}", $"#CPT 80 %{second}", $"#APGR{second}"],
            [.. depths.Runs.SelectMany(run => run.Frontiers).Select(frontier => frontier.Policy).Distinct().Select(policy => Row(depths, policy))]);
    }

    private static Cell[] Row(StudyDepths depths, string policy)
    {
        MeasuredFrontier[] frontiers = [.. depths.Runs.Select(run => run.Frontiers.FirstOrDefault(frontier => frontier.Policy == policy)).OfType<MeasuredFrontier>()];
        return
        [
            new Cell(StudyNames.Policy(policy, depths.Seeds.Costs)) { RowClass = policy == StudyVerdict.Paper ? "chosen" : "row" },
            SeedCells.Mean(frontiers.Select(frontier => frontier.Area), value => Formatting.Percent(value)),
            Calls(frontiers, calls => calls.For20, depths.Runs.Count),
            Calls(frontiers, calls => calls.For50, depths.Runs.Count),
            Calls(frontiers, calls => calls.For80, depths.Runs.Count),
            SeedCells.Mean(frontiers.Select(frontier => frontier.StrongCalls?.AverageGapRecovered ?? double.NaN), SeedCells.Number(3)),
        ];
    }

    private static Cell Calls(MeasuredFrontier[] frontiers, Func<Evaluation.StrongCalls, double?> read, int seeds)
    {
        double[] known = [.. frontiers.Select(frontier => frontier.StrongCalls is { } calls ? read(calls) : null).OfType<double>()];
        var cell = SeedCells.Mean(known, value => Formatting.Percent(value, 0));
        return known.Length > 0 && known.Length < seeds ? cell with { Second = $"{known.Length} of {seeds} seeds" } : cell;
    }
}
