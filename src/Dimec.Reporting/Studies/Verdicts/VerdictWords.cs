using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Reporting.Html;
using Dimec.Studies;

namespace Dimec.Reporting.Studies;

/// <summary>A verdict in words.</summary>
internal static class VerdictWords
{
    /// <summary>The paper's headline, as it is judged.</summary>
    public static string Headline { get; } = $"at least {Formatting.Percent(PaperClaim.Saved, 0)} saved at a drop of at most {Formatting.Points(PaperClaim.Drop)} points";

    /// <summary>How a claim stands, in two or three words.</summary>
    public static string Of(ClaimStanding? claim) => claim switch
    {
        ClaimStanding.Shown => "met",
        ClaimStanding.OnAverage => "met on average",
        ClaimStanding.NotMet => "not met",
        ClaimStanding.RuledOut => "ruled out",
        _ => "no plan",
    };

    /// <summary>The verdict, a sentence each.</summary>
    public static IReadOnlyList<string> Of(StudyVerdict verdict) =>
    [
        Class(verdict), Claim(verdict), Single(verdict), Beyond(verdict), .. Worth(verdict), .. Best(verdict), .. Wary(verdict),
    ];

    private static string Class(StudyVerdict verdict)
    {
        var cloud = $"{verdict.Cloud.Policy} only is right on {Share(verdict.Cloud.Accuracy)}";
        var largest = $"always answering the largest class, {Formatting.Percent(verdict.LargestClass)}";
        if (verdict is { Class: ClassStanding.Beats, Matthews: { } matthews })
        {
            var interval = $"{Formatting.Number(matthews.Value, 3)} [{Formatting.Number(matthews.Interval.Lower, 3)}, {Formatting.Number(matthews.Interval.Upper, 3)}]";
            return $"The model does the task by its own measure: Matthews {interval}, where always answering one class has 0; {cloud}, beside {largest}.";
        }

        return verdict.Class switch
        {
            ClassStanding.Beats => $"The model does the task: {cloud}, more than {largest}.",
            ClassStanding.Below => $"This backbone cannot do this task, whatever the policy: {cloud}, less than {largest}.",
            _ => $"This backbone is not shown to do this task, whatever the policy: {cloud}, and its interval includes what one gets by {largest}.",
        } + (verdict.Class != ClassStanding.Beats && verdict.Cloud.Metrics.Keys.First() is var own && own != "accuracy"
            ? $" By the task's own measure, {MetricNames.Of(own)}, it reaches {Formatting.Number(verdict.Cloud.Metrics[own], 3)}{(own == "matthews" ? "; always answering one class has 0" : "")}." : "");
    }

    private static string Claim(StudyVerdict verdict)
    {
        if (verdict.Pools is not { } pools)
            return $"The paper's headline ({Headline}) is not met by {StudyVerdict.Paper}: in no seed could they be planned.";
        var figures = $"{Saving(pools)} ({Shares(pools)})";
        var which = (PaperClaim.Saves(pools), PaperClaim.Keeps(pools)) switch
        {
            (false, false) => "too little is saved and too much is lost",
            (false, true) => "too little is saved",
            _ => "too much is lost",
        };
        var headline = $"The paper's headline ({Headline}) is";
        return verdict.Claim switch
        {
            ClaimStanding.Shown => $"{headline} met by {pools.Policy}, intervals included: {figures}.",
            ClaimStanding.OnAverage => $"{headline} met by {pools.Policy} on average, though the intervals do not rule out that it fails: {figures}.",
            ClaimStanding.NotMet => $"{headline} not met by {pools.Policy}, {which}: {figures}; the intervals do not rule out that it holds.",
            _ => $"{headline} not met by {pools.Policy}, {which}: {figures}; the intervals rule it out.",
        };
    }

    private static string Single(StudyVerdict verdict) => (verdict.Single, verdict.SingleClaim) switch
    {
        (null, _) => "No single tier before the cloud was measured.",
        ({ } tier, ClaimStanding.Shown) => $"It needs no router: {tier.Policy} only meets it too, intervals included: {Saving(tier)}.",
        ({ } tier, ClaimStanding.OnAverage) => $"It needs no router: {tier.Policy} only meets it too, on average: {Saving(tier)}.",
        ({ } tier, _) => $"No single tier meets it; nearest is {tier.Policy} only: {Saving(tier)}.",
    };

    private static string Beyond(StudyVerdict verdict)
    {
        if (verdict.Pools is not { } pools)
            return $"Nothing is saved beyond a single tier by {StudyVerdict.Paper}: there is no plan.";
        var beyond = $"{Signed(pools.Beyond)} of the cloud's cost against {pools.BestSingle} only, the cheapest tier alone within the same drop";
        return verdict.Gain switch
        {
            GainStanding.Gain => $"{pools.Policy} save beyond the best single tier, and the interval excludes 0: {beyond}{(pools.Drop.Interval.Upper > verdict.Depths.Seeds.MaxDrop ? $"; that no more than {Formatting.Points(verdict.Depths.Seeds.MaxDrop)} points are lost is not shown" : "")}.",
            GainStanding.Bought => $"{pools.Policy} save beyond the best single tier, but lose more than the {Formatting.Points(verdict.Depths.Seeds.MaxDrop)} points that were allowed: {beyond}.",
            GainStanding.Match => $"{pools.Policy} only match the best single tier: {beyond}.",
            GainStanding.Loss => $"{pools.Policy} save less than the best single tier, and the interval excludes 0: {beyond}.",
            GainStanding.Degenerate => $"{pools.Policy} hardly choose: {Formatting.Percent(pools.Shares.Values.Max())} of the samples go to {RoutingGain.DegenerateIn(pools.Shares)}; {beyond}.",
            _ => $"{pools.Policy} are not shown to save beyond the best single tier, the interval includes 0: {beyond}.",
        };
    }

    /// <summary>What the router knows: whatever two tiers are mixed, a random choice saves as much at the same shares.</summary>
    private static IEnumerable<string> Worth(StudyVerdict verdict)
    {
        if (verdict is { Worth: { } worth, Gain: not GainStanding.Degenerate })
        {
            var shown = worth.Interval.Lower > 0 ? "so its choices are worth more than chance" : worth.Interval.Upper < 0 ? "so its choices are worse than chance" : "so its choices are not shown to be worth more than chance";
            yield return $"Against a random tier at the same shares, and so the same cost, {StudyVerdict.Paper} gain {Points(worth)} points of accuracy, {shown}.";
        }
    }

    private static IEnumerable<string> Best(StudyVerdict verdict)
    {
        var (of, within) = ($"{verdict.Contenders} contenders that tiers can serve", $"a drop of at most {Formatting.Points(verdict.Limit)} points");
        if (verdict.Best is { Policy: StudyVerdict.Paper })
        {
            yield return verdict.Contenders == 1 ? "No other contender that tiers can serve could be planned." : $"Of {of} none saves more at {within}.";
        }
        else if (verdict.Best is { } best)
        {
            yield return $"The best of {of} at {within}, named after the fact and so flattered, is {best.Policy}: {Saving(best)}, {Signed(best.Beyond)} beyond {best.BestSingle} only.";
        }
        else if (verdict.Contenders > 0)
        {
            yield return $"None of {of} stays at {within}.";
        }
    }

    /// <summary>Why the headline is missed, as far as the measures tell, and what the intervals do not cover.</summary>
    private static IEnumerable<string> Wary(StudyVerdict verdict)
    {
        var (runs, seeds) = (verdict.Depths.Runs, verdict.Depths.Seeds);
        if (verdict.Pools is { } pools)
        {
            if (pools.Planned < seeds.Seeds)
                yield return $"In {seeds.Seeds - pools.Planned} of {seeds.Seeds} seeds no plan of {pools.Policy} keeps the allowed drop on the selection part: there the cloud answers all.";
            if (pools.Drop.Mean > seeds.MaxDrop)
                yield return $"The plans of {pools.Policy} kept {Formatting.Points(seeds.MaxDrop)} points on the selection part and do not on {seeds.Part}: {ShiftWords.Of(runs)}.";
        }

        if (verdict.Gain != GainStanding.Gain && RouterWords.Of(verdict) is { } router)
            yield return router;
        if (seeds.Seeds == 1)
            yield return "One seed: the intervals are over samples alone, and say nothing of another training.";
    }

    private static string Saving(SeedsRow row) => $"{Share(row.Reduction)} saved at a drop of {Points(row.Drop)} points";

    private static string Shares(SeedsRow row) => string.Join(", ", row.Shares.Keys.Zip(Formatting.Shares(row.Shares.Values, 0), (tier, share) => $"{tier} {share} %"));

    private static string Share(SeedMean mean) => Formatting.Percent(mean.Mean, mean.Interval.Lower, mean.Interval.Upper);

    private static string Points(SeedMean mean) => Formatting.Points(mean.Mean, mean.Interval.Lower, mean.Interval.Upper);

    private static string Signed(SeedMean mean) => $"{Formatting.SignedPoints(mean.Mean)} % {Formatting.Interval(mean.Interval.Lower, mean.Interval.Upper)}";
}
