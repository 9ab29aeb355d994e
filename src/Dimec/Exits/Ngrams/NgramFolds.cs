namespace Dimec.Exits.Ngrams;

/// <summary>Cuts samples into folds of about one size; samples of the same tokens share a fold, whatever their order.</summary>
internal static class NgramFolds
{
    /// <summary>Each sample's fold, from 0.</summary>
    public static int[] Of(IReadOnlyList<NgramSample> samples, int folds, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, samples.Count);
        var hashes = samples.Select(sample => Hash(sample, seed)).ToArray();
        var groups = Enumerable.Range(0, samples.Count).GroupBy(i => hashes[i]).OrderBy(group => group.Key).ToArray();
        if (groups.Length < folds)
            throw new ArgumentException($"There are {groups.Length} different texts, too few for {folds} folds.", nameof(samples));
        var fold = new int[samples.Count];
        var place = 0;
        foreach (var group in groups)
        {
            // By the groups' places, so that no fold is empty.
            var own = (int)((long)place++ * folds / groups.Length);
            foreach (var sample in group)
                fold[sample] = own;
        }

        return fold;
    }

    /// <summary>A number that a sample's tokens and the seed decide.</summary>
    public static ulong Hash(NgramSample sample, long seed)
    {
        var hash = NgramHash.Mix(unchecked((ulong)seed + 0x9E3779B97F4A7C15));
        foreach (var token in sample.Text)
            hash = NgramHash.Mix(unchecked(hash + (uint)token + 1));
        hash = NgramHash.Mix(~hash);
        foreach (var token in sample.Pair ?? [])
            hash = NgramHash.Mix(unchecked(hash + (uint)token + 1));
        return hash;
    }
}
