namespace Dimec.Text.Splits;

/// <summary>
/// Assigns samples to parts by the hash of their texts, label by label: the same whatever the order of the rows and the machine.
/// </summary>
internal static class Splitter
{
    /// <summary>The part of each sample: 0 stays in train, i goes to the part of <c>fractions[i − 1]</c>.</summary>
    /// <remarks>
    /// Each label's texts, in the order of their hashes, fill the first part, then the next; the last text of a label always stays in
    /// train. Where texts repeat, a part may miss its size by half a text's repetitions.
    /// </remarks>
    public static int[] Assign(
        IReadOnlyList<Sample> samples, int labels, long seed, IReadOnlyList<double> fractions, CancellationToken cancellation)
    {
        var groups = TextGroup.ByLabel(samples, labels, seed, cancellation);
        var open = Targets(groups, samples.Count, fractions);
        var parts = new int[samples.Count];
        for (var label = 0; label < labels; label++)
        {
            foreach (var group in groups[label].SkipLast(1))
            {
                var part = Array.FindIndex(open, o => 2 * o[label] >= group.Members.Count);
                if (part < 0)
                    continue;
                open[part][label] -= group.Members.Count;
                foreach (var member in group.Members)
                    parts[member] = part + 1;
            }
        }

        return parts;
    }

    private static int[][] Targets(TextGroup[][] groups, int samples, IReadOnlyList<double> fractions)
    {
        var sizes = groups.Select(g => g.Sum(t => t.Members.Count)).ToArray();
        var left = groups.Select((g, label) => g.Length == 0 ? 0 : sizes[label] - g[^1].Members.Count).ToArray();
        var targets = new int[fractions.Count][];
        for (var part = 0; part < targets.Length; part++)
        {
            var total = Math.Max(1, (int)Math.Round(fractions[part] * samples, MidpointRounding.AwayFromZero));
            targets[part] = Apportionment.Of(sizes, total, left);
            for (var label = 0; label < left.Length; label++)
                left[label] -= targets[part][label];
        }

        return targets;
    }
}
