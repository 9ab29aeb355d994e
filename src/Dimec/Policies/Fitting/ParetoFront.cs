namespace Dimec.Policies.Fitting;

/// <summary>What is left of a search: the candidates that no other beats in both cost and accuracy.</summary>
public static class ParetoFront
{
    /// <summary>The front, cheapest first; of equals the first stays.</summary>
    /// <param name="candidates">Each with its cost and how many samples it gets right.</param>
    /// <typeparam name="T">What a candidate is.</typeparam>
    public static IReadOnlyList<T> Of<T>(IEnumerable<(T Item, double Cost, int Right)> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var front = new List<T>();
        var best = -1;
        foreach (var (item, _, right) in candidates.OrderBy(candidate => candidate.Cost).ThenByDescending(candidate => candidate.Right))
        {
            if (right <= best)
                continue;
            best = right;
            front.Add(item);
        }

        return front;
    }
}
