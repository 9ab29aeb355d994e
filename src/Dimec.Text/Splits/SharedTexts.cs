namespace Dimec.Text;

/// <summary>Texts that two parts have in common, which a figure of the one part takes for unseen though the other has shown them.</summary>
public static class SharedTexts
{
    /// <summary>How many of a part's samples have a text (of a pair: both texts) that another part has as well.</summary>
    /// <param name="part">The part whose samples are counted.</param>
    /// <param name="other">The other part.</param>
    public static int Count(IEnumerable<Sample> part, IEnumerable<Sample> other)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(other);
        var texts = other.Select(sample => (sample.Text, sample.Pair)).ToHashSet();
        return part.Count(sample => texts.Contains((sample.Text, sample.Pair)));
    }
}
