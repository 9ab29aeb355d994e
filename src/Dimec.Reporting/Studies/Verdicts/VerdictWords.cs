using Dimec.Evaluation.Metrics;
using Dimec.Evaluation.Seeds;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Verdicts;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>A verdict in words.</summary>
internal static class VerdictWords
{
    /// <summary>The paper's headline, as it is judged.</summary>
    public static string Headline { get; } = VerdictSentences.FormatHeadline(
        saved: Formatting.Percent(StudyClaim.Paper.Saved, 0), drop: Formatting.Points(StudyClaim.Paper.Drop));

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
        .. verdict.Own is { } own ? OwnWords.Of(own, verdict.Depths.Seeds) : [],
    ];

    private static string Class(StudyVerdict verdict)
    {
        var cloud = VerdictSentences.FormatCloudIsRight(cloud: verdict.Cloud.Policy, accuracy: Share(verdict.Cloud.Accuracy));
        var largest = VerdictSentences.FormatLargestClass(share: Formatting.Percent(verdict.LargestClass));
        if (verdict is { Class: ClassStanding.Beats, Matthews: { } matthews })
        {
            var interval = $"{Formatting.Number(matthews.Value, 3)} [{Formatting.Number(matthews.Interval.Lower, 3)}, "
                + $"{Formatting.Number(matthews.Interval.Upper, 3)}]";
            return VerdictSentences.FormatClassBeatsByMatthews(interval: interval, cloud: cloud, largest: largest);
        }

        return verdict.Class switch
        {
            ClassStanding.Beats => VerdictSentences.FormatClassBeats(cloud: cloud, largest: largest),
            ClassStanding.Below => VerdictSentences.FormatClassBelow(cloud: cloud, largest: largest),
            _ => VerdictSentences.FormatClassNotShown(cloud: cloud, largest: largest),
        } + (verdict.Class != ClassStanding.Beats && verdict.Cloud.Metrics.First() is { Key: not TaskMetrics.Accuracy } own
            ? " " + OwnMeasure(own.Key, own.Value) : "");
    }

    private static string OwnMeasure(string metric, double value)
    {
        var (name, figure) = (MetricNames.Of(metric), Formatting.Number(value, 3));
        return metric == TaskMetrics.Matthews
            ? VerdictSentences.FormatOwnMeasureMatthews(metric: name, value: figure)
            : VerdictSentences.FormatOwnMeasure(metric: name, value: figure);
    }

    private static string Claim(StudyVerdict verdict) => verdict.Pools is { } pools
        ? ClaimWords.Of(StudyClaim.Paper, verdict.Claim!.Value, pools, VerdictSentences.PapersHeadline, pools.Policy)
        : VerdictSentences.FormatClaimWithoutPlan(headline: Headline, policy: StudyVerdict.Paper);

    private static string Single(StudyVerdict verdict) => (verdict.Single, verdict.SingleClaim) switch
    {
        (null, _) => VerdictSentences.SingleNone,
        ({ } tier, ClaimStanding.Shown) => VerdictSentences.FormatSingleShown(tier: tier.Policy, saving: Saving(tier)),
        ({ } tier, ClaimStanding.OnAverage) => VerdictSentences.FormatSingleOnAverage(tier: tier.Policy, saving: Saving(tier)),
        ({ } tier, _) => VerdictSentences.FormatSingleNearest(tier: tier.Policy, saving: Saving(tier)),
    };

    private static string Beyond(StudyVerdict verdict)
    {
        if (verdict.Pools is not { } pools)
            return VerdictSentences.FormatBeyondWithoutPlan(policy: StudyVerdict.Paper);
        var beyond = VerdictSentences.FormatBeyond(saved: Signed(pools.Beyond), tier: pools.BestSingle);
        return GainWords.Of(verdict.Gain, pools, pools.Policy, VerdictSentences.BestSingleTier, beyond, verdict.Depths.Seeds.MaxDrop);
    }

    /// <summary>What the router knows: whatever two tiers are mixed, a random choice saves as much at the same shares.</summary>
    private static IEnumerable<string> Worth(StudyVerdict verdict)
    {
        if (verdict is { Worth: { } worth, Gain: not GainStanding.Degenerate })
        {
            var shown = worth.Interval switch
            {
                { Lower: > 0 } => VerdictSentences.WorthMore,
                { Upper: < 0 } => VerdictSentences.WorthLess,
                _ => VerdictSentences.WorthNotShown,
            };
            yield return VerdictSentences.FormatWorth(policy: StudyVerdict.Paper, points: Points(worth), shown: shown);
        }
    }

    private static IEnumerable<string> Best(StudyVerdict verdict)
    {
        var (contenders, limit) = (verdict.Contenders, Formatting.Points(verdict.Limit));
        if (verdict.Best is { Policy: StudyVerdict.Paper })
        {
            yield return contenders == 1
                ? VerdictSentences.BestIsOnlyContender
                : VerdictSentences.FormatBestIsPaper(contenders: contenders, limit: limit);
        }
        else if (verdict.Best is { } best)
        {
            yield return VerdictSentences.FormatBest(
                contenders: contenders, limit: limit, policy: best.Policy, saving: Saving(best), beyond: Signed(best.Beyond),
                tier: best.BestSingle);
        }
        else if (contenders > 0)
        {
            yield return VerdictSentences.FormatBestIsNone(contenders: contenders, limit: limit);
        }
    }

    /// <summary>Why the headline is missed, as far as the measures tell, and what the intervals do not cover.</summary>
    private static IEnumerable<string> Wary(StudyVerdict verdict)
    {
        var (runs, seeds) = (verdict.Depths.Runs, verdict.Depths.Seeds);
        if (verdict.Pools is { } pools)
        {
            if (pools.Planned < seeds.Seeds)
            {
                yield return VerdictSentences.FormatSeedsWithoutPlan(
                    lacking: seeds.Seeds - pools.Planned, seeds: seeds.Seeds, policy: pools.Policy);
            }

            if (pools.Drop.Mean > seeds.MaxDrop)
            {
                yield return VerdictSentences.FormatDropNotKept(
                    policy: pools.Policy, maxDrop: Formatting.Points(seeds.MaxDrop), part: seeds.Part, shift: ShiftWords.Of(runs));
            }
        }

        if (verdict.Gain != GainStanding.Gain && RouterWords.Of(verdict) is { } router)
            yield return router;
        if (seeds.Seeds == 1)
            yield return VerdictSentences.OneSeed;
    }

    /// <summary>What a policy saves at which drop against the cloud.</summary>
    public static string Saving(SeedsRow row) =>
        VerdictSentences.FormatSaving(saved: Share(row.Reduction), drop: Points(row.Drop));

    /// <summary>Where a policy answers how many.</summary>
    public static string Shares(SeedsRow row) =>
        string.Join(", ", row.Places.Zip(
            Formatting.Shares(row.Places.Select(place => place.Share), 0), (place, share) => $"{place.Name} {share} %"));

    /// <summary>A share with its interval.</summary>
    public static string Share(SeedMean mean) => Formatting.Percent(mean.Mean, mean.Interval.Lower, mean.Interval.Upper);

    /// <summary>A drop with its interval.</summary>
    public static string Points(SeedMean mean) => Formatting.Points(mean.Mean, mean.Interval.Lower, mean.Interval.Upper);

    /// <summary>What is saved beyond something.</summary>
    public static string Signed(SeedMean mean) =>
        $"{Formatting.SignedPoints(mean.Mean)} % {Formatting.Interval(mean.Interval.Lower, mean.Interval.Upper)}";
}
