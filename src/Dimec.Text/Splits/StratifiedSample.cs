namespace Dimec.Text.Splits;

/// <summary>Takes a part of a part: each label keeps its share, the hashes of the texts choose, the order stays.</summary>
internal static class StratifiedSample
{
    /// <summary>At most <paramref name="limit"/> of the samples.</summary>
    /// <param name="samples">The samples to choose from.</param>
    /// <param name="labels">How many labels there are.</param>
    /// <param name="limit">The most to take.</param>
    /// <param name="seed">The split's seed.</param>
    /// <param name="minimum">How many of each label to take at least.</param>
    public static IReadOnlyList<Sample> Take(IReadOnlyList<Sample> samples, int labels, int limit, long seed, int minimum)
    {
        if (samples.Count <= limit)
            return samples;
        var byLabel = Enumerable.Range(0, samples.Count).ToLookup(i => samples[i].Label);
        var sizes = Enumerable.Range(0, labels).Select(l => byLabel[l].Count()).ToArray();
        var shares = Apportionment.Of(sizes, limit, sizes, minimum);
        var taken = new List<int>(limit);
        for (var label = 0; label < labels; label++)
        {
            // Texts that differ in the white space around them alone have one hash;
            // the texts themselves then decide, not the order of the rows.
            taken.AddRange(byLabel[label]
                .OrderBy(i => TextHash.Of(samples[i], seed))
                .ThenBy(i => samples[i].Text, StringComparer.Ordinal)
                .ThenBy(i => samples[i].Pair, StringComparer.Ordinal)
                .Take(shares[label]));
        }

        taken.Sort();
        return [.. taken.Select(i => samples[i])];
    }
}
