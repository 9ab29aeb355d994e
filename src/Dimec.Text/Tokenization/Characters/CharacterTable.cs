using System.Globalization;

namespace Dimec.Text.Tokenization.Characters;

/// <summary>
/// What Hugging Face's tokenizers does with each code point, read from <c>characters.txt</c>.
/// </summary>
/// <remarks>
/// .NET's own tables cannot stand in for it: the library's categories are of Unicode 8, its decompositions of Unicode 12 and its lower case
/// of Unicode 16 and later, while .NET's differ by version and, for <see cref="string.Normalize()"/>, by the machine's ICU; under invariant
/// globalization, which is common in AOT clients and small images, that method does nothing at all. With a table of its own a phone gives
/// the ids that the training machine gave.
/// </remarks>
internal sealed class CharacterTable
{
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;
    private static readonly Lazy<CharacterTable> s_lazyInstance = new(() => new CharacterTable());

    private readonly byte[] _pageOf = new byte[0x110000 >> PageBits];
    private readonly CharacterTraits[] _traits;
    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<int, int[]> _lowercase = [];

    private CharacterTable()
    {
        var all = new CharacterTraits[0x110000];
        using var stream = typeof(CharacterTable).Assembly.GetManifestResourceStream("characters.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                Read(line, all);
        }

        all.AsSpan(Hangul.First, Hangul.Count).Fill(CharacterTraits.Mapped);
        _traits = Fold(all, _pageOf);
    }

    public static CharacterTable Instance => s_lazyInstance.Value;

    public CharacterTraits this[int codePoint] =>
        _traits[(_pageOf[codePoint >> PageBits] << PageBits) | (codePoint & (PageSize - 1))];

    /// <summary>The canonical combining class of a mark that stripping accents leaves.</summary>
    public byte CombiningClass(int codePoint) => _classes[codePoint];

    /// <summary>The full canonical decomposition, or an empty span where the code point is its own.</summary>
    public ReadOnlySpan<int> Decompose(int codePoint) => _decompositions.TryGetValue(codePoint, out var parts) ? parts : [];

    /// <summary>The lower case, or an empty span where the code point is its own.</summary>
    public ReadOnlySpan<int> Lowercase(int codePoint) => _lowercase.TryGetValue(codePoint, out var parts) ? parts : [];

    private void Read(string line, CharacterTraits[] all)
    {
        var fields = line.Split(' ');
        var (kind, range) = (fields[0], fields[1].Split('-'));
        var (first, last) = (Hex(range[0]), Hex(range[^1]));
        foreach (ref var traits in all.AsSpan(first, last - first + 1))
            traits |= TraitsOf(kind);
        if (kind == "combining" && fields.Length > 2)
            _classes.Add(first, byte.Parse(fields[2], CultureInfo.InvariantCulture));
        if (kind == "decompose")
            _decompositions.Add(first, [.. fields.Skip(2).Select(Hex)]);
        if (kind == "lower")
            _lowercase.Add(first, [.. fields.Skip(2).Select(Hex)]);
    }

    private static CharacterTraits TraitsOf(string kind) => kind switch
    {
        "removed" => CharacterTraits.Removed,
        "blank" => CharacterTraits.Blank,
        "space" => CharacterTraits.Space,
        "punctuation" => CharacterTraits.Punctuation,
        "ideograph" => CharacterTraits.Ideograph,
        "nonspacing" => CharacterTraits.Nonspacing,
        "combining" => CharacterTraits.Combining,
        _ => CharacterTraits.Mapped,
    };

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Keeps each distinct page of 256 code points once: the planes are mostly alike.</summary>
    private static CharacterTraits[] Fold(CharacterTraits[] all, byte[] pageOf)
    {
        var pages = new List<CharacterTraits[]>();
        for (var page = 0; page < pageOf.Length; page++)
        {
            var content = all.AsSpan(page << PageBits, PageSize);
            var known = 0;
            while (known < pages.Count && !content.SequenceEqual(pages[known]))
                known++;
            if (known == pages.Count)
                pages.Add(content.ToArray());
            pageOf[page] = checked((byte)known);
        }

        return [.. pages.SelectMany(page => page)];
    }
}
