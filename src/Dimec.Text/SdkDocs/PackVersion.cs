namespace Dimec.Text.SdkDocs;

/// <summary>A pack's version; a preview comes before its release.</summary>
/// <param name="Number">The numbers.</param>
/// <param name="Preview">What follows the hyphen; null for a release.</param>
internal sealed record PackVersion(Version Number, string? Preview) : IComparable<PackVersion>
{
    private const int NumberWidth = 12;

    public static PackVersion? TryParse(string text)
    {
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        return Version.TryParse(hyphen < 0 ? text : text[..hyphen], out var number)
            ? new PackVersion(number, hyphen < 0 ? null : text[(hyphen + 1)..])
            : null;
    }

    public int CompareTo(PackVersion? other)
    {
        if (other is null)
            return 1;
        var byNumber = Number.CompareTo(other.Number);
        if (byNumber != 0)
            return byNumber;
        return (Preview, other.Preview) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            var (mine, others) => string.CompareOrdinal(Comparable(mine), Comparable(others)),
        };
    }

    // "preview.10" comes after "preview.9", so numbers are compared at one width.
    private static string Comparable(string preview) =>
        string.Join('.', preview.Split('.').Select(part => part.All(char.IsAsciiDigit) ? part.PadLeft(NumberWidth, '0') : part));
}
