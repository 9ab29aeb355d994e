using System.Text;
using System.Xml;

namespace Dimec.Reporting;

/// <summary>Makes any text fit for XML.</summary>
internal static class XmlText
{
    /// <summary>Replaces what no XML document may hold (control signs, halves of surrogate pairs) by U+FFFD.</summary>
    public static string Clean(string text)
    {
        if (IsClean(text))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        return clean.ToString();
    }

    private static bool IsClean(string text)
    {
        foreach (var sign in text)
        {
            if (char.IsSurrogate(sign) || !XmlConvert.IsXmlChar(sign))
                return false;
        }

        return true;
    }
}
