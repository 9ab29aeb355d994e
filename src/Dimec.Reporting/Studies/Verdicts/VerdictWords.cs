using Dimec.Evaluation.Metrics;
using Dimec.Evaluation.Seeds;
using Dimec.Planning.Gains;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Verdicts;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>A verdict in words.</summary>
internal static class VerdictWords
{
    /// <summary>The paper's headline, as it is judged.</summary>
    public static string Headline { get; } = VerdictSentences.FormatHeadline(
        saved: Formatting.Percent(PaperClaim.Saved, 0), drop: Formatting.Points(PaperClaim.Drop));

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

    private static string Claim(StudyVerdict verdict)
    {
        if (verdict.Pools is not { } pools)
            return VerdictSentences.FormatClaimWithoutPlan(headline: Headline, policy: StudyVerdict.Paper);
        var figures = $"{Saving(pools)} ({Shares(pools)})";
        var why = (PaperClaim.Saves(pools), PaperClaim.Keeps(pools)) switch
        {
            (false, false) => VerdictSentences.TooLittleAndTooMuch,
            (false, true) => VerdictSentences.TooLittle,
            _ => VerdictSentences.TooMuch,
        };
        return verdict.Claim switch
        {
            ClaimStanding.Shown => VerdictSentences.FormatClaimShown(headline: Headline, policy: pools.Policy, figures: figures),
            ClaimStanding.OnAverage => VerdictSentences.FormatClaimOnAverage(headline: Headline, policy: pools.Policy, figures: figures),
            ClaimStanding.NotMet =>
                VerdictSentences.FormatClaimNotMet(headline: Headline, policy: pools.Policy, why: why, figures: figures),
            _ => VerdictSentences.FormatClaimRuledOut(headline: Headline, policy: pools.Policy, why: why, figures: figures),
        };
    }

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
        var (allowed, maxDrop) = (verdict.Depths.Seeds.MaxDrop, Formatting.Points(verdict.Depths.Seeds.MaxDrop));
        var beyond = VerdictSentences.FormatBeyond(saved: Signed(pools.Beyond), tier: pools.BestSingle);
        return verdict.Gain switch
        {
            GainStanding.Gain when pools.Drop.Interval.Upper > allowed =>
                VerdictSentences.FormatGainWithDropNotShown(policy: pools.Policy, beyond: beyond, maxDrop: maxDrop),
            GainStanding.Gain => VerdictSentences.FormatGain(policy: pools.Policy, beyond: beyond),
            GainStanding.Bought => VerdictSentences.FormatGainBought(policy: pools.Policy, maxDrop: maxDrop, beyond: beyond),
            GainStanding.Match => VerdictSentences.FormatGainMatch(policy: pools.Policy, beyond: beyond),
            GainStanding.Loss => VerdictSentences.FormatGainLoss(policy: pools.Policy, beyond: beyond),
            GainStanding.Degenerate => VerdictSentences.FormatGainDegenerate(
                policy: pools.Policy, share: Formatting.Percent(pools.Places.Max(place => place.Share)),
                tier: RoutingGain.DegenerateIn(pools.Places),
                beyond: beyond),
            _ => VerdictSentences.FormatGainNotShown(policy: pools.Policy, beyond: beyond),
        };
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

    private static string Saving(SeedsRow row) =>
        VerdictSentences.FormatSaving(saved: Share(row.Reduction), drop: Points(row.Drop));

    private static string Shares(SeedsRow row) =>
        string.Join(", ", row.Places.Zip(
            Formatting.Shares(row.Places.Select(place => place.Share), 0), (place, share) => $"{place.Name} {share} %"));

    private static string Share(SeedMean mean) => Formatting.Percent(mean.Mean, mean.Interval.Lower, mean.Interval.Upper);

    private static string Points(SeedMean mean) => Formatting.Points(mean.Mean, mean.Interval.Lower, mean.Interval.Upper);

    private static string Signed(SeedMean mean) =>
        $"{Formatting.SignedPoints(mean.Mean)} % {Formatting.Interval(mean.Interval.Lower, mean.Interval.Upper)}";
}
