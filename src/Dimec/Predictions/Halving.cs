namespace Dimec.Predictions;

/// <summary>Cuts a part into halves, so that what is chosen on one can be read on the other.</summary>
internal static class Halving
{
    /// <summary>
    /// Each class in two halves; where a class has an odd number of samples, the one over goes to the smaller half so far.
    /// </summary>
    /// <param name="part">The part.</param>
    /// <param name="random">Who decides.</param>
    public static (int[] First, int[] Second) Of(RecordedExits part, Random random)
    {
        var (first, second) = (new List<int>(), new List<int>());
        foreach (var label in Enumerable.Range(0, part.Count).GroupBy(sample => part.Gold[sample]).OrderBy(group => group.Key))
        {
            int[] samples = [.. label];
            random.Shuffle(samples);
            var half = (samples.Length + (first.Count <= second.Count ? 1 : 0)) / 2;
            first.AddRange(samples.AsSpan(0, half));
            second.AddRange(samples.AsSpan(half));
        }

        return ([.. first.Order()], [.. second.Order()]);
    }
}
