namespace Dimec.Text.SdkDocs;

/// <summary>A pack's version; a preview comes before its release.</summary>
/// <param name="Number">The numbers.</param>
/// <param name="Preview">What follows the hyphen; null for a release.</param>
internal sealed record PackVersion(Version Number, string? Preview) : IComparable<PackVersion>
{
    public static PackVersion? TryParse(string text)
    {
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        return Version.TryParse(hyphen < 0 ? text : text[..hyphen], out var number) ? new PackVersion(number, hyphen < 0 ? null : text[(hyphen + 1)..]) : null;
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
            // "preview.10" comes after "preview.9".
            var (mine, others) => StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering).Compare(mine, others),
        };
    }
}
