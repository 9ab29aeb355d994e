namespace Dimec.Reporting.Studies;

/// <summary>All verdicts of a study in a few sentences.</summary>
internal static class StudySummary
{
    /// <summary>True where in any case something is shown to be saved beyond a single tier, and by more than chance.</summary>
    public static bool IsGain(IReadOnlyList<StudyVerdict> verdicts) => verdicts.Any(verdict => verdict is { Gain: GainStanding.Gain, Class: ClassStanding.Beats, IsBetterThanChance: true });

    /// <summary>The verdict on the paper's headline, and on what a router adds, where the model does the task at all.</summary>
    public static string Verdict(IReadOnlyList<StudyVerdict> verdicts)
    {
        StudyVerdict[] done = [.. verdicts.Where(verdict => verdict.Class == ClassStanding.Beats)];
        if (done.Length == 0)
            return $"The model is not shown to do the task in any of {verdicts.Count} cases (tasks by depths): no saving there means anything.";
        var gains = done.Count(verdict => verdict.Gain == GainStanding.Gain);
        return $"Where the model is shown to do the task ({done.Length} of {verdicts.Count} cases, tasks by depths), {StudyVerdict.Paper} meet the paper's headline in {done.Count(verdict => StudyVerdict.IsMet(verdict.Claim))}, one tier alone in {done.Count(verdict => StudyVerdict.IsMet(verdict.SingleClaim))}. "
            + $"{StudyVerdict.Paper} are shown to save beyond the best single tier in {gains}, and to choose better than chance at the same shares in {done.Count(verdict => verdict.IsBetterThanChance)}.";
    }

    /// <summary>What the verdict rests on.</summary>
    public static string Detail(IReadOnlyList<StudyVerdict> verdicts)
    {
        StudyVerdict[] done = [.. verdicts.Where(verdict => verdict.Class == ClassStanding.Beats)];
        var undone = verdicts.Count - done.Length;
        return $"The headline: {VerdictWords.Headline}."
            + (done.Length == 0 ? "" : $" With all intervals included, {StudyVerdict.Paper} meet it in {done.Count(verdict => verdict.Claim == ClaimStanding.Shown)} of them.")
            + (undone == 0 ? "" : $" In {undone} of {verdicts.Count} cases the model is not shown to beat always answering the largest class: savings there mean nothing, whatever the policy.");
    }
}
