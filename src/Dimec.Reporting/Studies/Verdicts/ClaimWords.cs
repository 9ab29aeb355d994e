using Dimec.Reporting.Studies.Verdicts;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>How a claim stands for a policy, in a sentence.</summary>
internal static class ClaimWords
{
    /// <summary>The sentence.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="standing">How it stands.</param>
    /// <param name="row">The policy.</param>
    /// <param name="name">What the claim is called.</param>
    /// <param name="policy">What the policy is called, in the plural.</param>
    public static string Of(StudyClaim claim, ClaimStanding standing, SeedsRow row, string name, string policy)
    {
        var isGoal = claim == StudyClaim.Goal;
        var headline = isGoal ? OwnWords.Goal : VerdictWords.Headline;
        var saving = isGoal
            ? VerdictSentences.FormatSavingAgainstStacked(
                saved: VerdictWords.Share(row.Reduction), drop: VerdictWords.Points(claim.DropOf(row)))
            : VerdictWords.Saving(row);
        var figures = $"{saving} ({VerdictWords.Shares(row)})";
        var why = (claim.Saves(row), claim.Keeps(row)) switch
        {
            (false, false) => VerdictSentences.TooLittleAndTooMuch,
            (false, true) => VerdictSentences.TooLittle,
            _ => VerdictSentences.TooMuch,
        };
        return standing switch
        {
            ClaimStanding.Shown => VerdictSentences.FormatClaimShown(claim: name, headline: headline, policy: policy, figures: figures),
            ClaimStanding.OnAverage =>
                VerdictSentences.FormatClaimOnAverage(claim: name, headline: headline, policy: policy, figures: figures),
            ClaimStanding.NotMet =>
                VerdictSentences.FormatClaimNotMet(claim: name, headline: headline, policy: policy, why: why, figures: figures),
            _ => VerdictSentences.FormatClaimRuledOut(claim: name, headline: headline, policy: policy, why: why, figures: figures),
        };
    }
}
