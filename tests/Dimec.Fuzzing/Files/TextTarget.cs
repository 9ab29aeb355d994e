using System.Runtime.InteropServices;
using System.Text;
using Dimec.Testing.Bundles;
using Dimec.Text;

namespace Dimec.Fuzzing.Files;

/// <summary>Texts for a tokenizer: what anybody sends a tier.</summary>
internal sealed class TextTarget : FuzzTarget
{
    private static readonly string[] s_pieces =
    [
        "the", "film", "plot", "##s", "[CLS]", "[SEP]", "[MASK]", "word7", " ", "\t", "\u00a0", "\u200b", "\u0000", "\ufffd", "é",
            "e\u0301", "ǅ", "İ", "ß",
        "한국", "\u1112\u1161\u11ab", "中", "\U0002070E", "\U0001F600", "\u202e", "…", "-", "_", "'", "a", "\u0300", "ﬁ", "\uFEFF", "\ud800",
            "\udc00", "\u2028",
    ];

    private readonly WordPieceTokenizer _tokenizer = TinyBundle.Tokenizer();

    public override string Name => "text";

    public override string What => "texts, as they are tokenized";

    public override byte[] Make(Random random)
    {
        var text = new StringBuilder();
        var great = random.Next(1000) == 0 ? random.Next(1_000, 300_000) : 0;
        for (var pieces = random.Next(1, 12); pieces > 0; pieces--)
        {
            var piece = random.Next(4) == 0 ? $"{(char)random.Next(0x10000)}" : s_pieces[random.Next(s_pieces.Length)];
            text.Append(piece);
            for (var times = great > 0 && pieces == 1 ? great / piece.Length : random.Next(30) == 0 ? 150 : 0; times > 0; times--)
                text.Append(piece);
            if (random.Next(2) == 0)
                text.Append(' ');
        }

        // Halves of characters are kept so.
        return MemoryMarshal.AsBytes(text.ToString().AsSpan()).ToArray();
    }

    public override Verdict Run(byte[] input)
    {
        var text = new string(MemoryMarshal.Cast<byte, char>(input.AsSpan()));
        var single = _tokenizer.Encode(text, null, 32);
        var pair = _tokenizer.Encode(text, "the plot", 32);
        foreach (var encoded in (TokenizedText[])[single, pair])
        {
            if (encoded.Ids.Length is < 2 or > 32 || encoded.Ids.Any(id => id < 0 || id >= _tokenizer.VocabularySize))
                throw new BrokenPromiseException($"has the tokens {string.Join(' ', encoded.Ids)}");
        }

        return Verdict.Accepted;
    }
}
