using Dimec.Text;

namespace Dimec.Inference.Batching;

/// <summary>Groups texts of like length, so that little of a padded batch is padding.</summary>
public static class LengthBatches
{
    /// <summary>
    /// The batches, shortest texts first; each is a list of places in <paramref name="encodings"/>, and every place is in one.
    /// </summary>
    /// <param name="encodings">The texts' tokens.</param>
    /// <param name="maxRows">The most rows of a batch, at least 1.</param>
    /// <param name="maxTokens">The most rows × length of a batch; a single row is let through whatever its length.</param>
    public static IEnumerable<int[]> Of(IReadOnlyList<TokenizedText> encodings, int maxRows, int maxTokens)
        => Of([.. Enumerable.Range(0, encodings.Count)], i => encodings[i].Ids.Length, maxRows, maxTokens);

    /// <summary>The same over places chosen by the caller.</summary>
    /// <param name="places">The places to group.</param>
    /// <param name="lengthOf">The length, in tokens, of the text at a place.</param>
    /// <param name="maxRows">The most rows of a batch, at least 1.</param>
    /// <param name="maxTokens">The most rows × length of a batch; a single row is let through whatever its length.</param>
    public static IEnumerable<int[]> Of(IReadOnlyList<int> places, Func<int, int> lengthOf, int maxRows, int maxTokens)
    {
        var batch = new List<int>();
        foreach (var place in places.OrderBy(lengthOf))
        {
            // Sorted: the newest row is the longest, and sets the padded length.
            if (batch.Count > 0 && (batch.Count == maxRows || (long)(batch.Count + 1) * lengthOf(place) > maxTokens))
            {
                yield return [.. batch];
                batch.Clear();
            }

            batch.Add(place);
        }

        if (batch.Count > 0)
            yield return [.. batch];
    }
}
