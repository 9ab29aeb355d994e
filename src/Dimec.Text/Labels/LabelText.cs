using System.Globalization;

namespace Dimec.Text.Labels;

/// <summary>Labels as sentences quote them.</summary>
internal static class LabelText
{
    private const int MostNamed = 6;
    private const int MostCharacters = 40;

    /// <summary>Some labels in quotes, not too many and none too long.</summary>
    public static string List(IEnumerable<string> labels)
    {
        var all = labels.ToArray();
        var named = string.Join(", ", all.Take(MostNamed).Select(label => $"\"{Short(label)}\""));
        return all.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $"{named} and {all.Length - MostNamed} more") : named;
    }

    /// <summary>A label in quotes with the code points of which it is made, where they are not all plain to see.</summary>
    public static string WithCodePoints(string label)
    {
        var seen = string.Concat(label.EnumerateRunes().Where(rune => !LabelKeys.IsUnseen(rune)).Select(rune => rune.ToString()));
        if (label.All(char.IsAscii))
            return $"\"{Short(seen)}\"";
        var points = label.EnumerateRunes().ToArray();
        var named = string.Join(
            ' ', points.Take(MostCharacters / 2).Select(rune => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}")));
        return $"\"{Short(seen)}\" ({named}{(points.Length > MostCharacters / 2 ? " …" : "")})";
    }

    /// <summary>A label, cut where it is a whole text.</summary>
    public static string Short(string label)
    {
        if (label.Length <= MostCharacters)
            return label;
        var cut = char.IsHighSurrogate(label[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
        return label[..cut] + "…";
    }
}
