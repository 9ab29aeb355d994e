namespace Dimec.Exits.Ngrams;

/// <summary>
/// From token ids to the set of buckets whose weights make the answer, in memory that is handed in (method section 9).
/// <c>docs/ngram-exit.md</c> states the features so that any program can make the same.
/// </summary>
internal static class NgramFeatures
{
    /// <summary>The parts that an overlap is counted in.</summary>
    private const int Parts = 20;

    /// <summary>The most features of an overlap: two shares, and a length that differs by less than 2³¹.</summary>
    private const int OverlapFeatures = (2 * Parts) + 31;

    /// <summary>How many numbers <see cref="Collect"/> needs room for.</summary>
    public static int Room(int text, int pair, bool hasPair) => checked(hasPair
        ? SetRoom(text) + SetRoom(pair) + SetRoom(text + pair + OverlapFeatures)
        : SetRoom(2 * text));

    /// <summary>Finds a text's features.</summary>
    /// <param name="text">The token ids of the text, or of a pair's first text, without special tokens.</param>
    /// <param name="pair">Those of a pair's second text.</param>
    /// <param name="hasPair">Whether it is a pair.</param>
    /// <param name="bits">2^bits buckets.</param>
    /// <param name="room">Zeros, as many as <see cref="Room"/> says.</param>
    /// <returns>The buckets, none twice, in the order in which they were met; they lie in <paramref name="room"/>.</returns>
    public static Span<int> Collect(ReadOnlySpan<int> text, ReadOnlySpan<int> pair, bool hasPair, int bits, Span<int> room)
    {
        if (hasPair)
            return OfPair(text, pair, bits, room);
        var features = TakeSet(ref room, 2 * text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            features.Add(NgramHash.Bucket(FeatureKind.Token, text[i], 0, bits));
            if (i > 0)
                features.Add(NgramHash.Bucket(FeatureKind.TokenPair, text[i - 1], text[i], bits));
        }

        return features.Items;
    }

    /// <summary>The value of each of a text's features: 1/√n, so that long texts have no larger logits than short ones.</summary>
    public static float Value(int features) => features == 0 ? 0 : 1 / MathF.Sqrt(features);

    private static Span<int> OfPair(ReadOnlySpan<int> text, ReadOnlySpan<int> pair, int bits, Span<int> room)
    {
        var first = TakeSet(ref room, text.Length);
        var second = TakeSet(ref room, pair.Length);
        var features = TakeSet(ref room, text.Length + pair.Length + OverlapFeatures);
        foreach (var token in text)
            first.Add(token);
        foreach (var token in pair)
            second.Add(token);

        var shared = 0;
        foreach (var token in first.Items)
        {
            var inBoth = second.Contains(token);
            shared += inBoth ? 1 : 0;
            features.Add(NgramHash.Bucket(inBoth ? FeatureKind.Shared : FeatureKind.FirstOnly, token, 0, bits));
        }

        foreach (var token in second.Items)
        {
            if (!first.Contains(token))
                features.Add(NgramHash.Bucket(FeatureKind.SecondOnly, token, 0, bits));
        }

        AddSteps(ref features, FeatureKind.UnionOverlap, Share(shared, first.Count + second.Count - shared), bits);
        AddSteps(ref features, FeatureKind.ShorterOverlap, Share(shared, Math.Min(first.Count, second.Count)), bits);
        var longer = text.Length - pair.Length;
        AddSteps(
            ref features, longer > 0 ? FeatureKind.FirstLonger : FeatureKind.SecondLonger,
            32 - int.LeadingZeroCount(Math.Abs(longer)), bits);
        return features.Items;
    }

    /// <summary>How many whole twentieths a share is; 0 of nothing.</summary>
    private static int Share(int part, int whole) => whole == 0 ? 0 : (int)((long)Parts * part / whole);

    /// <summary>
    /// A number as the steps up to it. Where each value is a feature alone, neighbours have nothing in common, and rare values are never
    /// learnt.
    /// </summary>
    private static void AddSteps(ref IntSet features, FeatureKind kind, int steps, int bits)
    {
        for (var step = 1; step <= steps; step++)
            features.Add(NgramHash.Bucket(kind, step, 0, bits));
    }

    private static int SetRoom(int count) => checked(IntSet.SlotsFor(count) + count);

    private static IntSet TakeSet(scoped ref Span<int> room, int count)
    {
        var slots = IntSet.SlotsFor(count);
        var set = new IntSet(room[..slots], room.Slice(slots, count));
        room = room[(slots + count)..];
        return set;
    }
}
