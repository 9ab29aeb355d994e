using System.Globalization;
using System.Xml;

namespace Dimec.Reporting.Html;

/// <summary>
/// Writes HTML that is XML as well: every text is escaped, and an empty element that HTML does not know as empty gets its end tag.
/// </summary>
internal sealed class HtmlWriter : IDisposable
{
    private static readonly HashSet<string> s_void = ["meta", "link", "br", "col"];

    private readonly Stack<string> _open = [];

    public HtmlWriter(TextWriter destination)
    {
        var settings = new XmlWriterSettings
        {
            OmitXmlDeclaration = true,
            ConformanceLevel = ConformanceLevel.Document,
            CloseOutput = false,
            NewLineChars = "\n",
        };
        Xml = XmlWriter.Create(destination, settings);
        Xml.WriteRaw("<!DOCTYPE html>\n");
    }

    /// <summary>For what writes elements itself: SVG.</summary>
    public XmlWriter Xml { get; }

    public HtmlWriter Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
            Xml.WriteAttributeString(attribute, XmlText.Clean(value));
        _open.Push(name);
        return this;
    }

    public HtmlWriter Close()
    {
        if (s_void.Contains(_open.Pop()))
            Xml.WriteEndElement();
        else
            Xml.WriteFullEndElement();
        return this;
    }

    public HtmlWriter Text(string text)
    {
        Xml.WriteString(XmlText.Clean(text));
        return this;
    }

    public HtmlWriter Element(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Open(name, attributes).Text(text).Close();

    /// <summary>An element of our own words, in which a number stays on one line with its sign of per cent and with its n.</summary>
    public HtmlWriter Prose(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes) => Element(
        name, text.Replace(" %", "\u00a0%", StringComparison.Ordinal).Replace("n = ", "n\u00a0=\u00a0", StringComparison.Ordinal),
        attributes);

    /// <summary>A style sheet or a script of ours, which HTML does not unescape: it may hold neither &lt; nor &amp;.</summary>
    public HtmlWriter Own(string name, string content)
    {
        if (content.AsSpan().ContainsAny('<', '&'))
            throw new ArgumentException($"The {name} holds a sign that XML and HTML read differently.", nameof(content));
        Open(name);
        Xml.WriteRaw(content);
        return Close();
    }

    /// <summary>A section with its heading of level 2.</summary>
    public void Section(string id, string heading, Action<HtmlWriter> content)
    {
        Open("section", ("id", id), ("aria-labelledby", id + "-h"));
        Element("h2", heading, ("id", id + "-h"));
        content(this);
        Close();
    }

    /// <summary>
    /// A table in a frame of its own that scrolls where it is wider than the page. The first column heads its rows.
    /// </summary>
    /// <param name="caption">What the table shows, with n.</param>
    /// <param name="kind">What kind of table it is.</param>
    /// <param name="headings">The headings; those that start with # are of numbers, and what follows a | is of
    /// the cells' second lines.</param>
    /// <param name="rows">The rows.</param>
    public void Table(string caption, TableKind kind, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        Open("div", ("class", "scroll"), ("role", "group"), ("aria-label", caption), ("tabindex", "0"));
        Open("table", ("class", kind.ToString().ToLowerInvariant()));
        Open("caption").Prose("span", caption).Close();
        Open("thead").Open("tr");
        foreach (var heading in headings)
            Heading(heading);
        Close().Close();
        Open("tbody");
        foreach (var row in rows)
        {
            Open("tr", ("class", row[0].RowClass));
            for (var i = 0; i < row.Count; i++)
                WriteCell(row[i], head: i == 0, number: headings[i].StartsWith('#'));
            Close();
        }

        Close().Close().Close();
    }

    /// <summary>A table that was put together before.</summary>
    public void Table(ReportTable table) => Table(table.Caption, table.Kind, table.Headings, table.Rows);

    public void Dispose() => Xml.Dispose();

    private void Heading(string heading)
    {
        var lines = heading.TrimStart('#').Split('|');
        Open("th", ("scope", "col"), ("class", heading.StartsWith('#') ? "number" : "words"));
        Text(lines[0]);
        if (lines.Length > 1)
            Text(" ").Open("br").Close().Element("span", lines[1], ("class", "second"));
        Close();
    }

    private void WriteCell(Cell cell, bool head, bool number)
    {
        var value = cell.Value is { } v ? v.ToString("R", CultureInfo.InvariantCulture) : cell.Text;
        if (head)
            Open("th", ("scope", "row"), ("data-value", value));
        else
            Open("td", ("data-value", value), ("class", number ? "number" : "words"));
        if (cell.Write is null)
            Text(cell.Text);
        else
            cell.Write(this);
        if (cell.Second is { } second)
            Text(" ").Element("span", second, ("class", "figures"));
        Close();
    }
}
