using Dimec.Studies.Promises;

namespace Dimec.Reporting.Studies;

/// <summary>What redrawn promises came to: a sentence, then by policy, then by procedure and bound.</summary>
internal static class PromisesContent
{
    public static void Write(IStudyPage page, IReadOnlyList<PromiseRedraws> seeds)
    {
        page.Prose(Verdict(seeds));
        page.Table(PromisePoliciesTable.Of(seeds));
        page.Table(PromiseProceduresTable.Of(seeds));
        foreach (var redraws in seeds.Where(redraws => redraws.Known.Count > 0))
            page.Table(KnownLossesTable.Of(redraws));
        string[] leftOut = [.. seeds.SelectMany(redraws => redraws.LeftOut).Distinct()];
        if (leftOut.Length > 0)
            page.Note(StudySentences.NotPromised, leftOut);
    }

    /// <summary>Whether promises are broken oftener than is allowed, of all counts together.</summary>
    private static string Verdict(IReadOnlyList<PromiseRedraws> seeds)
    {
        var delta = 1 - seeds[0].Confidence;
        var redrawn = new RedrawnSeeds(seeds, seed => [.. seed.Chains, .. seed.Known]);
        var counts = redrawn.Keys.SelectMany(key => redrawn.Ways(key.Loss).SelectMany(
            _ => Enumerable.Range(0, redrawn.Sizes), (way, place) => (key, count: redrawn.Count(key, way.Procedure, way.Bound, place))))
            .ToArray();
        if (counts.Length == 0)
            return StudySentences.NothingPromised;
        var most = counts.MaxBy(one => RedrawCells.Share(one.count));
        return StudySentences.FormatPromisesVerdict(
            cases: Formatting.Count(counts.Length), shown: Formatting.Count(counts.Count(one => one.count.BrokenInterval.Lower > delta)),
            delta: Formatting.Percent(delta, 0), most: Formatting.Percent(RedrawCells.Share(most.count)),
            low: Formatting.Points(most.count.BrokenInterval.Lower), high: Formatting.Points(most.count.BrokenInterval.Upper),
            policy: most.key.Policy, loss: most.key.Loss, procedure: most.count.Procedure, bound: most.count.Bound);
    }
}
