using Dimec.Reporting.Html;
using Dimec.Reporting.Studies;

namespace Dimec.Reporting;

/// <summary>
/// Writes a study's <c>report.html</c>: one file that asks the network for nothing, with the tables of <see cref="StudyTables"/>, and plots
/// with their data below them. The same inputs give the same bytes.
/// </summary>
public static class StudyReport
{
    /// <summary>Writes the report as UTF-8 without a byte-order mark.</summary>
    /// <param name="inputs">What it shows.</param>
    /// <param name="destination">Gets the report; it stays open.</param>
    /// <exception cref="ArgumentException">There is no task, or a task without depths or with other numbers of seeds than of
    /// measures or sweeps.</exception>
    public static void Write(StudyInputs inputs, Stream destination)
    {
        StudyRules.Check(inputs);
        var verdicts = StudyVerdict.All(inputs);
        HtmlFrame.Write(destination, "study", inputs.Title, html => StudyHeader.Write(html, inputs, verdicts), html =>
            StudyContent.Write(new HtmlStudyPage(html), inputs, verdicts));
    }
}
