using Dimec.Reporting.Studies;

namespace Dimec.Reporting;

/// <summary>
/// Writes a study's tables as Markdown, for documents: the words and figures of <see cref="StudyReport"/> without its plots.
/// </summary>
public static class StudyTables
{
    /// <summary>Writes the tables.</summary>
    /// <param name="inputs">What they show.</param>
    /// <param name="destination">Gets the Markdown, lines ending in a line feed; it stays open.</param>
    /// <exception cref="ArgumentException">There is no task, or a task without depths or with other numbers of seeds than of
    /// measures or sweeps.</exception>
    public static void Write(StudyInputs inputs, TextWriter destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        StudyRules.Check(inputs);
        var page = new MarkdownStudyPage(destination);
        var verdicts = StudyVerdict.All(inputs);
        page.Section(1, "study", inputs.Title, () =>
        {
            page.Prose(StudySummary.Verdict(verdicts));
            page.Prose(StudySummary.Detail(verdicts));
            StudyContent.Write(page, inputs, verdicts);
        });
    }
}
