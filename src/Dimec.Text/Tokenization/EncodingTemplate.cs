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

    /// <summary>The texts' tokens without those around them: the way back of <see cref="Apply"/>.</summary>
    /// <param name="ids">What it gave.</param>
    /// <param name="pair">Whether it is a pair.</param>
    /// <returns>Where the text and its pair stand; null where the ids are no such encoding.</returns>
    public (Range Text, Range Second)? Split(ReadOnlySpan<int> ids, bool pair)
    {
        var (pieces, at) = (Pieces(pair), 0);
        var (text, second) = (0..0, 0..0);
        for (var place = 0; place < pieces.Count; place++)
        {
            if (pieces[place].Special is { } special)
            {
                if (at >= ids.Length || ids[at++] != special.Id)
                    return null;
                continue;
            }

            if (EndOf(ids, at, pieces, place) is not { } end)
                return null;
            if (pieces[place].IsPair)
                second = at..end;
            else
                text = at..end;
            at = end;
        }

        return at == ids.Length ? (text, second) : null;
    }

    /// <summary>A text before another ends where the token between them stands, the last where those after it begin.</summary>
    private static int? EndOf(ReadOnlySpan<int> ids, int start, IReadOnlyList<TemplatePiece> pieces, int place)
    {
        var after = pieces.Skip(place + 1).ToArray();
        if (Array.TrueForAll(after, piece => piece.Special is not null))
            return ids.Length - after.Length >= start ? ids.Length - after.Length : null;
        return after[0].Special is { } separator && ids[start..].IndexOf(separator.Id) is >= 0 and var length ? start + length : null;
    }

    private IReadOnlyList<TemplatePiece> Pieces(bool pair) => pair ? Pair : Single;
}
