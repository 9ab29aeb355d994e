using Dimec.Costs;
using Dimec.Reporting.Html;

namespace Dimec.Reporting.Studies;

/// <summary>A study's words and tables as Markdown (GitHub's, with tables); plots are left to the report.</summary>
internal sealed class MarkdownStudyPage(TextWriter destination) : IStudyPage
{
    public void Section(int level, string id, string heading, Action content)
    {
        Block($"{new string('#', level)} {Markdown.Escape(heading)}");
        content();
    }

    public void Prose(string text) => Block(Markdown.Escape(text));

    public void Note(string introduction, IReadOnlyList<string> items) =>
        Block(string.Join('\n', [Markdown.Escape(introduction), "", .. items.Select(item => $"- {Markdown.Escape(item)}")]));

    public void Table(ReportTable table)
    {
        if (table.Kind != TableKind.Pairs)
            Prose(table.Caption);
        string[] lines =
        [
            Row(table.Headings.Select(heading => InCell(heading.TrimStart('#').Split('|')))),
            Row(table.Headings.Select(heading => heading.StartsWith('#') ? "---:" : "---")),
            .. table.Rows.Select(row =>
                Row(row.Select(cell => cell.Second is { } second ? InCell([cell.Text, second]) : InCell([cell.Text])))),
        ];
        Block(string.Join('\n', lines));
    }

    /// <summary>Shares stand as words in their cells.</summary>
    public void TierKey(CostStructure costs, bool exitZero)
    {
    }

    public void Figure(ReportFigure figure)
    {
    }

    public void Lines(IReadOnlyList<string> lines) => Block(string.Join('\n', lines.Select(line => $"    {Markdown.OneLine(line)}")));

    private static string InCell(IReadOnlyList<string> lines) => string.Join("<br>", lines.Select(Markdown.Escape));

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private void Block(string text)
    {
        destination.Write(text);
        destination.Write("\n\n");
    }
}
