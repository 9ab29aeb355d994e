using System.Text;
using System.Xml;

namespace Dimec.Text.SdkDocs;

/// <summary>Reads the members of a documentation file and their summaries as plain text.</summary>
internal static class SummaryReader
{
    private static readonly XmlReaderSettings s_settings = new()
    {
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        DtdProcessing = DtdProcessing.Prohibit,
    };

    /// <summary>The area and the text of every member that has both.</summary>
    /// <param name="path">The file, for errors.</param>
    public static IEnumerable<(int Area, string Text)> Read(string path)
    {
        using var reader = XmlReader.Create(path, s_settings);
        while (ReadToMember(reader, path))
        {
            var area = Area.Of(reader.GetAttribute("name") ?? "");
            if (area < 0 || reader.IsEmptyElement)
                continue;
            if (ReadSummary(reader, path) is { Length: > 0 } text)
                yield return (area, text);
        }
    }

    private static bool ReadToMember(XmlReader reader, string path) => Guard(path, () => reader.ReadToFollowing("member"));

    private static string? ReadSummary(XmlReader reader, string path) => Guard(path, () =>
    {
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1 && reader.LocalName == "summary")
                return reader.IsEmptyElement ? null : PlainText(reader);
        }

        return null;
    });

    private static string PlainText(XmlReader reader)
    {
        var depth = reader.Depth;
        var text = new StringBuilder();
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text.Append(reader.Value);
            else if (reader.NodeType is XmlNodeType.Element)
                text.Append(Inline(reader));
            else if (reader.NodeType is XmlNodeType.EndElement && IsBlock(reader.LocalName))
                text.Append(' ');
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // An element with content speaks for itself; an empty one stands for what it names.
    private static string Inline(XmlReader reader)
    {
        if (IsBlock(reader.LocalName))
            return " ";
        if (!reader.IsEmptyElement)
            return "";
        return reader.LocalName switch
        {
            "see" or "seealso" when reader.GetAttribute("cref") is { } id => MemberName.Short(id),
            "see" => reader.GetAttribute("langword") ?? "",
            "paramref" or "typeparamref" => reader.GetAttribute("name") ?? "",
            _ => "",
        };
    }

    private static bool IsBlock(string element) =>
        element is "para" or "p" or "br" or "list" or "listheader" or "item" or "term" or "description" or "code";

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException exception)
        {
            throw new InputException($"{path} line {exception.LineNumber}", "is not valid XML", "repair or reinstall the .NET SDK");
        }
    }
}
