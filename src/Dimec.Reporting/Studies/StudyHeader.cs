using Dimec.Reporting.Html;

namespace Dimec.Reporting.Studies;

/// <summary>The head of a study's page: the verdict, and where everything stands.</summary>
internal static class StudyHeader
{
    public static void Write(HtmlWriter html, StudyInputs inputs, IReadOnlyList<StudyVerdict> verdicts)
    {
        html.Open("header");
        html.Prose("p", "Dimec study", ("class", "kind"));
        html.Element("h1", inputs.Title);
        html.Open("div", ("class", StudySummary.IsGain(verdicts) ? "headline gain" : "headline none"));
        html.Prose("p", StudySummary.Verdict(verdicts), ("class", "verdict")).Prose("p", StudySummary.Detail(verdicts)).Close();
        html.Open("nav", ("aria-label", "Contents"), ("class", "contents"));
        html.Open("ul");
        Link(html, "headline", StudySentences.HeadlineHeading);
        html.Close();
        html.Open("ul");
        for (var place = 0; place < inputs.Tasks.Count; place++)
            Task(html, inputs.Tasks[place], place + 1);
        html.Close();
        html.Open("ul");
        if (inputs.MadePromises is not null)
            Link(html, "made-promises", StudySentences.MadePromisesHeading);
        Link(html, "made", "How it was made");
        html.Close().Close().Close();
    }

    private static void Task(HtmlWriter html, StudyTask task, int place)
    {
        var id = StudyNames.Id(place);
        html.Open("li").Element("a", task.Name, ("href", $"#{id}")).Open("ul");
        for (var set = 0; set < task.Depths.Count; set++)
            Link(html, StudyNames.Id(place, set + 1), StudyNames.Depths(task.Depths[set].Seeds.Costs));
        Link(html, $"{id}-exits", "exits");
        if (task.DataMap is not null)
            Link(html, $"{id}-map", "data map");
        html.Close().Close();
    }

    private static void Link(HtmlWriter html, string id, string text) => html.Open("li").Element("a", text, ("href", $"#{id}")).Close();
}
