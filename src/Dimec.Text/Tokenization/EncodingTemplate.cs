namespace Dimec.Text.Tokenization;

/// <summary>Where special tokens stand around a text and around a pair, and which type ids the tokens get.</summary>
internal sealed record EncodingTemplate(IReadOnlyList<TemplatePiece> Single, IReadOnlyList<TemplatePiece> Pair)
{
    /// <summary>BERT's: <c>[CLS] A [SEP]</c> and <c>[CLS] A [SEP] B [SEP]</c>, with type 1 from B on.</summary>
    public static EncodingTemplate Bert(SpecialToken start, SpecialToken separator) => new(
        [new(start, false, 0), new(null, false, 0), new(separator, false, 0)],
        [new(start, false, 0), new(null, false, 0), new(separator, false, 0), new(null, true, 1), new(separator, false, 1)]);

    /// <summary>How many special tokens a text or a pair gets.</summary>
    public int SpecialTokens(bool pair) => Pieces(pair).Count(piece => piece.Special is not null);

    /// <summary>The largest type id that a text or a pair gets.</summary>
    public int LargestType(bool pair) => Pieces(pair).Max(piece => piece.TypeId);

    /// <summary>Sets the special tokens around what a text, or a pair, came to.</summary>
    public TokenizedText Apply(ReadOnlySpan<int> text, ReadOnlySpan<int> second, bool pair, bool truncated)
    {
        var count = SpecialTokens(pair) + text.Length + second.Length;
        var (ids, types) = (new int[count], new int[count]);
        var at = 0;
        foreach (var piece in Pieces(pair))
        {
            var start = at;
            if (piece.Special is not null)
                ids[at++] = piece.Special.Id;
            else
            {
                var tokens = piece.IsPair ? second : text;
                tokens.CopyTo(ids.AsSpan(at));
                at += tokens.Length;
            }

            types.AsSpan(start, at - start).Fill(piece.TypeId);
        }

        return new TokenizedText(ids, types, truncated);
    }

    private IReadOnlyList<TemplatePiece> Pieces(bool pair) => pair ? Pair : Single;
}
