using Dimec.Reporting.Studies.Verdicts;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>What is said of the best of our own policies in a case, a sentence each.</summary>
internal static class OwnWords
{
    /// <summary>Our goal, as it is judged.</summary>
    public static string Goal { get; } = VerdictSentences.FormatGoal(
        saved: Formatting.Percent(StudyClaim.Goal.Saved, 0), drop: Formatting.Points(StudyClaim.Goal.Drop));

    /// <summary>The names of our own policies.</summary>
    public static string Policies { get; } = string.Join(" and ", OwnVerdict.Policies);

    /// <summary>The sentences.</summary>
    public static IEnumerable<string> Of(OwnVerdict own, SeedsDocument seeds)
    {
        var (row, policy) = (own.Row, VerdictSentences.FormatPlansOf(policy: own.Row.Policy));
        yield return VerdictSentences.FormatStackedCloud(cloud: own.Cloud.Policy, accuracy: VerdictWords.Share(own.Cloud.Accuracy))
            + " " + ClaimWords.Of(
                StudyClaim.Goal, own.Goal, row, VerdictSentences.FormatOurGoal(policy: row.Policy, policies: Policies), policy);
        yield return GainWords.Of(
            own.Gain, row, policy, VerdictSentences.BestSingleTier,
            VerdictSentences.FormatBeyond(saved: VerdictWords.Signed(row.Beyond), tier: row.BestSingle), seeds.MaxDrop);
        if (own.PhoneGain is { } gain)
        {
            yield return GainWords.Of(
                gain, row, policy, VerdictSentences.PhoneCloud,
                VerdictSentences.FormatBeyondPhoneCloud(saved: VerdictWords.Signed(row.BeyondPhoneCloud!)), seeds.MaxDrop);
        }

        if (row.Planned < seeds.Seeds)
        {
            yield return VerdictSentences.FormatSeedsWithoutPlan(
                lacking: seeds.Seeds - row.Planned, seeds: seeds.Seeds, policy: row.Policy);
        }
    }
}
