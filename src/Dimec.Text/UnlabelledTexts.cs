namespace Dimec.Text;

/// <summary>Texts without labels, e.g. for an exit to learn from what another one answers to them.</summary>
/// <param name="Samples">The texts, in the file's order; their labels are −1.</param>
/// <param name="Source">The file.</param>
public sealed record UnlabelledTexts(IReadOnlyList<Sample> Samples, DataSource Source)
{
    /// <summary>
    /// Those that none of some parts has, white space around them apart. What is learnt of a part's own texts makes figures of that part
    /// look better than those of new texts are, labels or not.
    /// </summary>
    /// <param name="parts">The parts.</param>
    public UnlabelledTexts Without(IEnumerable<Dataset> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var known = parts.SelectMany(part => part.Samples).Select(Key).ToHashSet();
        return this with { Samples = [.. Samples.Where(sample => !known.Contains(Key(sample)))] };

        static (string, string?) Key(Sample sample) => (sample.Text.Trim(), sample.Pair?.Trim());
    }
}
