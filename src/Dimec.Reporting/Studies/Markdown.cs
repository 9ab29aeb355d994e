using System.Text;
using Dimec.Display;

namespace Dimec.Reporting.Studies;

/// <summary>Text that stays text in Markdown.</summary>
internal static class Markdown
{
    private const string Special = "\\`*_<>|#~&[";

    /// <summary>One line in which nothing is markup.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var sign in OneLine(text))
        {
            if (Special.Contains(sign, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(sign);
        }

        return escaped.ToString();
    }

    /// <summary>The text without breaks of lines and other control signs.</summary>
    public static string OneLine(string text) => Printable.Line(XmlText.Clean(text)).Trim();
}
