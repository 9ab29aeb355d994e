namespace Dimec.Reporting.Studies;

/// <summary>All verdicts of a study in a few sentences.</summary>
internal static class StudySummary
{
    /// <summary>True where anything is saved beyond a single tier, in any row, and shown to be.</summary>
    public static bool IsGain(IReadOnlyList<StudyVerdict> verdicts) => verdicts.Any(verdict => verdict.Gain == GainStanding.Gain && verdict.Class == ClassStanding.Beats);

    /// <summary>The verdict on the paper's headline, and on what a router adds, where the model does the task at all.</summary>
    public static string Verdict(IReadOnlyList<StudyVerdict> verdicts)
    {
        StudyVerdict[] done = [.. verdicts.Where(verdict => verdict.Class == ClassStanding.Beats)];
        if (done.Length == 0)
            return $"The model is not shown to do the task in any of {verdicts.Count} cases (tasks by depths): no saving there means anything.";
        var gains = done.Count(verdict => verdict.Gain == GainStanding.Gain);
        return $"{StudyVerdict.Paper} meet the paper's headline in {done.Count(verdict => StudyVerdict.IsMet(verdict.Claim))} of the {done.Length} cases (tasks by depths) that the model is shown to do, one tier alone in {done.Count(verdict => StudyVerdict.IsMet(verdict.SingleClaim))}. "
            + $"They are shown to save beyond the best single tier in {(gains == 0 ? "none" : $"{gains}")}.";
    }

    /// <summary>What the verdict rests on.</summary>
    public static string Detail(IReadOnlyList<StudyVerdict> verdicts)
    {
        StudyVerdict[] done = [.. verdicts.Where(verdict => verdict.Class == ClassStanding.Beats)];
        var undone = verdicts.Count - done.Length;
        return $"The headline: {VerdictWords.Headline}."
            + (done.Length == 0 ? "" : $" With all intervals included, {StudyVerdict.Paper} meet it in {done.Count(verdict => verdict.Claim == ClaimStanding.Shown)} of {done.Length}.")
            + (undone == 0 ? "" : $" In {undone} of {verdicts.Count} cases the model is not shown to beat always answering the largest class: savings there mean nothing, whatever the policy.");
    }
}
