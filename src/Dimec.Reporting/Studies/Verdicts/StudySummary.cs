using Dimec.Reporting.Studies.Verdicts;

namespace Dimec.Reporting.Studies;

/// <summary>All verdicts of a study in a few sentences.</summary>
internal static class StudySummary
{
    /// <summary>True where in any case something is shown to be saved beyond a single tier, and by more than chance.</summary>
    public static bool IsGain(IReadOnlyList<StudyVerdict> verdicts) =>
        verdicts.Any(verdict => verdict is { Gain: GainStanding.Gain, Class: ClassStanding.Beats, IsBetterThanChance: true });

    /// <summary>The verdict on the paper's headline, what a router adds, and our goal, where the model does the task at all.</summary>
    public static string Verdict(IReadOnlyList<StudyVerdict> verdicts)
    {
        StudyVerdict[] done = [.. verdicts.Where(verdict => verdict.Class == ClassStanding.Beats)];
        if (done.Length == 0)
            return VerdictSentences.FormatSummaryOfNone(cases: verdicts.Count);
        var paper = VerdictSentences.FormatSummary(
            done: done.Length,
            cases: verdicts.Count,
            paper: StudyVerdict.Paper,
            met: done.Count(verdict => StudyVerdict.IsMet(verdict.Claim)),
            metByOne: done.Count(verdict => StudyVerdict.IsMet(verdict.SingleClaim)),
            gains: done.Count(verdict => verdict.Gain == GainStanding.Gain),
            better: done.Count(verdict => verdict.IsBetterThanChance));
        OwnVerdict[] own = [.. done.Select(verdict => verdict.Own).OfType<OwnVerdict>()];
        return own.Length == 0 ? paper : paper + " " + VerdictSentences.FormatSummaryOfGoal(
            policies: OwnWords.Policies,
            goal: OwnWords.Goal,
            met: own.Count(one => StudyVerdict.IsMet(one.Goal)),
            cases: done.Length,
            beyondTier: own.Count(one => one.Gain == GainStanding.Gain),
            beyondPhone: own.Count(one => one.PhoneGain == GainStanding.Gain));
    }

    /// <summary>What the verdict rests on.</summary>
    public static string Detail(IReadOnlyList<StudyVerdict> verdicts)
    {
        StudyVerdict[] done = [.. verdicts.Where(verdict => verdict.Class == ClassStanding.Beats)];
        var undone = verdicts.Count - done.Length;
        var shown = done.Count(verdict => verdict.Claim == ClaimStanding.Shown);
        return VerdictSentences.FormatSummaryHeadline(headline: VerdictWords.Headline)
            + (done.Length == 0 ? "" : " " + VerdictSentences.FormatSummaryShown(paper: StudyVerdict.Paper, shown: shown))
            + (undone == 0 ? "" : " " + VerdictSentences.FormatSummaryUndone(undone: undone, cases: verdicts.Count));
    }
}
