using Dimec.Display;
using Spectre.Console;

namespace Dimec.Cli.Output;

/// <summary>A table of figures, narrow enough for 80 columns: no line but those above, below the heading and at the end.</summary>
internal static class FigureTable
{
    /// <summary>What a column takes beside its letters.</summary>
    private const int Gap = 2;

    /// <summary>Makes a table.</summary>
    /// <param name="headings">The headings, as they are shown; the first is of words, the others are of figures.</param>
    public static Table Of(params IEnumerable<string> headings)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        foreach (var (heading, column) in headings.Select((heading, column) => (heading, column)))
        {
            table.AddColumn(new TableColumn(Markup.Escape(string.Join('\n', heading.Split('\n').Select(Printable.Line))))
            {
                NoWrap = true,
                Alignment = column == 0 ? Justify.Left : Justify.Right,
                Padding = new Padding(0, 0, 1, 0),
            });
        }

        return table;
    }

    /// <summary>Makes a table of names with what they stand for.</summary>
    public static Table OfPairs(string heading)
    {
        var table = Of(heading, "");
        table.Columns[1].Alignment = Justify.Left;
        return table;
    }

    /// <summary>Adds a row of plain text.</summary>
    public static void Add(this Table table, params IEnumerable<string> cells) =>
        table.AddRow([.. cells.Select(cell => Markup.Escape(Printable.Line(cell)))]);

    /// <summary>How many columns of a window the rows take.</summary>
    public static int WidthOf(IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.ToArray();
        return 1 + Enumerable.Range(0, all[0].Count).Sum(column => all.Max(row => row[column].Split('\n').Max(line => line.Length)) + Gap);
    }
}
