using Dimec.Exits.Ngrams;

namespace Dimec.Exits.Bench;

/// <summary>Features beside those that were chosen, by the same hash under kinds of their own.</summary>
internal static class FeatureVariants
{
    private const FeatureKind Own = (FeatureKind)100;

    public static (string Name, Action<BenchPart, int, int, HashSet<int>> Features)[] All { get; } =
    [
        ("chosen", Chosen),
        ("tokens alone, no pairs of tokens", (part, i, bits, set) =>
        {
            if (IsPair(part, i))
            {
                Chosen(part, i, bits, set);
                return;
            }

            foreach (var token in part.Samples[i].Text)
                set.Add(NgramHash.Bucket(FeatureKind.Token, token, 0, bits));
        }),
        ("and token 3-grams", (part, i, bits, set) =>
        {
            Chosen(part, i, bits, set);
            var text = part.Samples[i].Text;
            for (var at = 2; at < text.Length && !IsPair(part, i); at++)
            {
                var two = (int)NgramHash.Of(Own, text[at - 2], text[at - 1]);
                set.Add(NgramHash.Bucket(Own + 1, two, text[at], bits));
            }
        }),
        ("and character 3- to 5-grams", (part, i, bits, set) =>
        {
            Chosen(part, i, bits, set);
            Characters(part, i, bits, set);
        }),
        ("character 3- to 5-grams alone", Characters),
        ("pairs: and each text's own n-grams", (part, i, bits, set) =>
        {
            Chosen(part, i, bits, set);
            if (IsPair(part, i))
            {
                Ngrams(part.Samples[i].Text, Own + 2, bits, set);
                Ngrams(part.Samples[i].Pair, Own + 4, bits, set);
            }
        }),
        ("pairs: the side of a token does not matter", (part, i, bits, set) => Pair(part, i, bits, set, sided: false, steps: true)),
        ("pairs: one feature a tenth, no steps", (part, i, bits, set) => Pair(part, i, bits, set, sided: true, steps: false)),
    ];

    /// <summary>The features of a part's samples.</summary>
    public static FeatureLists Lists(BenchPart part, int bits, Action<BenchPart, int, int, HashSet<int>> features)
    {
        var (starts, values, set) = (new List<int> { 0 }, new List<int>(), new HashSet<int>());
        for (var i = 0; i < part.Samples.Length; i++)
        {
            set.Clear();
            features(part, i, bits, set);
            values.AddRange(set);
            starts.Add(values.Count);
        }

        return new FeatureLists([.. starts], [.. values]);
    }

    /// <summary>What an exit over such features says of a sample.</summary>
    public static void Score(NgramWeights weights, ReadOnlySpan<int> buckets, Span<float> logits)
    {
        weights.Bias.CopyTo(logits);
        var value = NgramFeatures.Value(buckets.Length);
        foreach (var bucket in buckets)
        {
            var row = weights.Rows.Find(bucket);
            if (row < 0)
                continue;
            var numbers = weights.Row(row);
            for (var c = 0; c < logits.Length; c++)
                logits[c] += value * numbers[c];
        }
    }

    private static bool IsPair(BenchPart part, int i) => part.Samples[i].Pair is not null;

    private static void Chosen(BenchPart part, int i, int bits, HashSet<int> set)
    {
        var sample = part.Samples[i];
        var second = sample.Pair ?? [];
        var room = new int[NgramFeatures.Room(sample.Text.Length, second.Length, IsPair(part, i))];
        foreach (var bucket in NgramFeatures.Collect(sample.Text, second, IsPair(part, i), bits, room))
            set.Add(bucket);
    }

    private static void Ngrams(ReadOnlySpan<int> tokens, FeatureKind kind, int bits, HashSet<int> set)
    {
        for (var at = 0; at < tokens.Length; at++)
        {
            set.Add(NgramHash.Bucket(kind, tokens[at], 0, bits));
            if (at > 0)
                set.Add(NgramHash.Bucket(kind + 1, tokens[at - 1], tokens[at], bits));
        }
    }

    /// <summary>Character n-grams within words, whose ends are marked, as fastText has them; of a pair, each text's.</summary>
    private static void Characters(BenchPart part, int i, int bits, HashSet<int> set)
    {
        OfText(part.Texts[i].Text, Own + 10);
        if (part.Texts[i].Pair is { } pair)
            OfText(pair, Own + 11);

        void OfText(string text, FeatureKind kind)
        {
            foreach (var word in text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var marked = $"<{word}>";
                for (var length = 3; length <= 5; length++)
                {
                    for (var at = 0; at + length <= marked.Length; at++)
                    {
                        var hash = 0UL;
                        foreach (var letter in marked.AsSpan(at, length))
                            hash = NgramHash.Mix(hash + letter + 1);
                        set.Add(NgramHash.Bucket(kind, (int)hash, length, bits));
                    }
                }
            }
        }
    }

    private static void Pair(BenchPart part, int i, int bits, HashSet<int> set, bool sided, bool steps)
    {
        if (!IsPair(part, i))
        {
            Chosen(part, i, bits, set);
            return;
        }

        var sample = part.Samples[i];
        var (text, pair) = (sample.Text, sample.Pair!);
        var (first, second) = (text.ToHashSet(), pair.ToHashSet());
        var shared = first.Count(second.Contains);
        foreach (var token in first)
            Add(second.Contains(token) ? FeatureKind.Shared : FeatureKind.FirstOnly, token);
        foreach (var token in second.Where(token => !first.Contains(token)))
            Add(sided ? FeatureKind.SecondOnly : FeatureKind.FirstOnly, token);
        Share(FeatureKind.UnionOverlap, first.Count + second.Count - shared);
        Share(FeatureKind.ShorterOverlap, Math.Min(first.Count, second.Count));
        var longer = text.Length - pair.Length;
        Graded(
            longer > 0 ? FeatureKind.FirstLonger : FeatureKind.SecondLonger, 32 - int.LeadingZeroCount(Math.Abs(longer)));

        void Add(FeatureKind kind, int number) => set.Add(NgramHash.Bucket(kind, number, 0, bits));

        void Share(FeatureKind kind, int whole) => Graded(kind, whole == 0 ? 0 : (steps ? 20 : 10) * shared / whole);

        void Graded(FeatureKind kind, int number)
        {
            for (var step = steps ? 1 : number; step <= number; step++)
                Add(kind, step);
        }
    }
}
