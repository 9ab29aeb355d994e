using Dimec.Reporting.Html;

namespace Dimec.Reporting.Studies;

/// <summary>The head of a study's page.</summary>
internal static class StudyHeader
{
    public static void Write(HtmlWriter html, StudyInputs inputs)
    {
        html.Open("header");
        html.Prose("p", "Dimec study", ("class", "kind"));
        html.Element("h1", inputs.Title);
        html.Close();
    }
}
