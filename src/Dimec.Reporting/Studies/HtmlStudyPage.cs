using Dimec.Costs;
using Dimec.Reporting.Html;

namespace Dimec.Reporting.Studies;

/// <summary>A study's report as HTML.</summary>
internal sealed class HtmlStudyPage(HtmlWriter html) : IStudyPage
{
    public void Section(int level, string id, string heading, Action content)
    {
        if (level == 2)
        {
            html.Section(id, heading, _ => content());
            return;
        }

        html.Element($"h{level}", heading, ("id", id));
        content();
    }

    public void Prose(string text) => html.Prose("p", text);

    public void Note(string introduction, IReadOnlyList<string> items)
    {
        html.Open("div", ("class", "note"));
        html.Open("p").Prose("strong", introduction).Close().Open("ul");
        foreach (var item in items)
            html.Prose("li", item);
        html.Close().Close();
    }

    public void Table(ReportTable table) => html.Table(table);

    public void TierKey(CostStructure costs, bool exitZero) => ShareBar.Key(html, costs, exitZero);

    public void Figure(ReportFigure figure) => Html.Figure.Write(html, figure);

    public void Lines(IReadOnlyList<string> lines) => html.Element("pre", string.Join('\n', lines), ("tabindex", "0"));
}
