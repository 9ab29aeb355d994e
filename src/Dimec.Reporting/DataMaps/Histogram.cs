namespace Dimec.Reporting;

/// <summary>Counts over equal bins; what lies outside goes to the end bins.</summary>
internal static class Histogram
{
    public static int[] Count(IEnumerable<double> values, double low, double high, int bins)
    {
        var counts = new int[bins];
        foreach (var value in values)
            counts[Math.Clamp((int)((value - low) / (high - low) * bins), 0, bins - 1)]++;
        return counts;
    }
}
