namespace Dimec.Text.Splits;

/// <summary>The samples that share a text; they go to the same part.</summary>
/// <param name="Hash">The text's hash.</param>
/// <param name="Members">The samples' indices.</param>
internal sealed record TextGroup(UInt128 Hash, List<int> Members)
{
    /// <summary>
    /// The groups of each label, by hash. A text that stands with several labels counts for the rarest, which can spare it least.
    /// </summary>
    public static TextGroup[][] ByLabel(IReadOnlyList<Sample> samples, int labels, long seed, CancellationToken cancellation)
    {
        var counts = new int[labels];
        var groups = new Dictionary<UInt128, TextGroup>(samples.Count);
        for (var i = 0; i < samples.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            counts[samples[i].Label]++;
            var hash = TextHash.Of(samples[i], seed);
            if (!groups.TryGetValue(hash, out var group))
                groups.Add(hash, group = new TextGroup(hash, []));
            group.Members.Add(i);
        }

        var byLabel = groups.Values.ToLookup(g => g.Members.Select(m => samples[m].Label).MinBy(l => (counts[l], l)));
        return [.. Enumerable.Range(0, labels).Select(l => byLabel[l].OrderBy(g => g.Hash).ToArray())];
    }
}
