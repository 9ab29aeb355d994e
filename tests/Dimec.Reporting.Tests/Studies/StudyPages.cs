using System.Text;
using System.Xml.Linq;

namespace Dimec.Reporting.Tests.Studies;

/// <summary>Studies' reports as tests read them.</summary>
internal static class StudyPages
{
    public static string Text(StudyInputs inputs)
    {
        using var stream = new MemoryStream();
        StudyReport.Write(inputs, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static XElement Page(StudyInputs inputs) => HtmlPage.Parse(Text(inputs));

    public static string Markdown(StudyInputs inputs)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        StudyTables.Write(inputs, writer);
        return writer.ToString();
    }

    /// <summary>The cells of every table of the Markdown, without its escapes: rows of cells, the headings first.</summary>
    public static List<List<string[]>> Tables(string markdown)
    {
        var tables = new List<List<string[]>>();
        var inTable = false;
        foreach (var line in markdown.Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                inTable = false;
                continue;
            }

            if (!inTable)
                tables.Add([]);
            inTable = true;
            var cells = Cells(line);
            if (!cells.All(cell => cell is "---" or "---:"))
                tables[^1].Add(cells);
        }

        return tables;
    }

    /// <summary>As GitHub does: a bar with a backslash before it is text, and so is any other sign of markup.</summary>
    private static string[] Cells(string line)
    {
        var (cells, cell) = (new List<string>(), new StringBuilder());
        for (var i = 1; i < line.Length; i++)
        {
            if (line[i] == '\\')
                cell.Append(line[++i]);
            else if (line[i] == '|')
                (cells, cell) = ([.. cells, cell.ToString().Trim().Replace("<br>", " ", StringComparison.Ordinal)], new StringBuilder());
            else
                cell.Append(line[i]);
        }

        return [.. cells];
    }
}
