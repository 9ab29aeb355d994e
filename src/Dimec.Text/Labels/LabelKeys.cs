using System.Globalization;
using System.Text;
using Dimec.Text.Tokenization.Characters;

namespace Dimec.Text.Labels;

/// <summary>
/// What is left of a label when ever more of what tells labels apart is put aside.
/// The machine's own tables do not matter much: under invariant globalization only compatibility forms are missed.
/// </summary>
internal static class LabelKeys
{
    /// <summary>Signs that look like the first of them: letters of other scripts, and what is typed for one another.</summary>
    private static readonly string[] s_looks =
    [
        "AАΑ", "BВΒ", "CСϹ", "EЕΕ", "HНΗ", "IІΙ", "JЈ", "KКΚ", "MМΜ", "NΝ", "OОΟ", "PРΡ", "SЅ", "TТΤ", "XХΧ", "YΥ", "ZΖ",
        "aаαɑ", "cсϲ", "dԁ", "eе", "hһ", "iіιı", "jј", "oоο", "pр", "sѕ", "vν", "xх", "yу",
        "-‐‑‒–—−", "'‘’′`", "\"“”″",
    ];

    private static readonly Dictionary<char, char> s_alike = s_looks.SelectMany(looks => looks[1..].Select(look => (look, First: looks[0])))
        .ToDictionary(pair => pair.look, pair => pair.First);

    /// <summary>Whether a code point leaves no trace on a screen.</summary>
    public static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        || rune.Value is 0x034F or 0x115F
            or 0x1160 or 0x3164 or 0xFFA0 or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>Accents apart from their letters, in one order.</summary>
    public static string Decomposed(string label)
    {
        var (table, text, marks) = (CharacterTable.Instance, new StringBuilder(label.Length), new List<int>());
        Span<int> letters = stackalloc int[3];
        foreach (var rune in label.EnumerateRunes())
        {
            var parts = Hangul.Decompose(rune.Value, letters) is > 0 and var count ? letters[..count] : table.Decompose(rune.Value);
            if (parts.IsEmpty)
                Add(rune.Value);
            foreach (var part in parts)
                Add(part);
        }

        Flush();
        return text.ToString();

        void Add(int codePoint)
        {
            if ((table[codePoint] & (CharacterTraits.Nonspacing | CharacterTraits.Combining)) != 0)
            {
                marks.Add(codePoint);
                return;
            }

            Flush();
            text.Append(new Rune(codePoint));
        }

        void Flush()
        {
            marks.Sort();
            foreach (var mark in marks)
                text.Append(new Rune(mark));
            marks.Clear();
        }
    }

    /// <summary>Without what is not seen, and with one blank for any number of any kind.</summary>
    public static string Seen(string label)
    {
        var text = new StringBuilder(label.Length);
        foreach (var rune in label.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
                text.Append(text.Length > 0 && text[^1] != ' ' ? " " : "");
            else if (!IsUnseen(rune))
                text.Append(rune);
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>In lower case.</summary>
    public static string Lower(string label) => label.ToLowerInvariant();

    /// <summary>With one letter for those that look alike, whatever their script or width, and without quotes around.</summary>
    public static string Shape(string label)
    {
        var text = new StringBuilder(Compatible(label));
        for (var i = 0; i < text.Length; i++)
            text[i] = s_alike.GetValueOrDefault(text[i], text[i]);
        return Decomposed(text.ToString()).ToLowerInvariant().Trim('"', '\'', ' ');
    }

    private static string Compatible(string label)
    {
        try
        {
            return label.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Some systems refuse code points that are assigned to nothing.
            return label;
        }
    }
}
