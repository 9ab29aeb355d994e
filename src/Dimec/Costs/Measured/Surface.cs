namespace Dimec.Costs.Measured;

/// <summary>
/// Something that was measured at some lengths and batch sizes, and what it is between and beyond them: on straight lines, over the lengths
/// first and then over the batch sizes. Beyond the ends the last line goes on, and never below 0.
/// </summary>
/// <param name="points">The batches, each length with each batch size at most once; at least one.</param>
internal sealed class Surface(IEnumerable<(int Tokens, int Rows, double Value)> points)
{
    private readonly (double Rows, (double Tokens, double Value)[] Line)[] _lines =
    [
        .. points
            .GroupBy(point => point.Rows)
            .OrderBy(group => group.Key)
            .Select(group => ((double)group.Key, group
                .OrderBy(point => point.Tokens)
                .Select(point => ((double)point.Tokens, point.Value))
                .ToArray())),
    ];

    /// <summary>The value of a whole batch.</summary>
    public double At(double tokens, double rows) =>
        Math.Max(0, Along([.. _lines.Select(line => (line.Rows, Along(line.Line, tokens)))], rows));

    /// <summary>The mean of a load, for one of its samples.</summary>
    public double Mean(MeasuredLoad load) => load.Buckets.Sum(bucket => bucket.Share * At(bucket.Tokens, load.Rows)) / load.Rows;

    private static double Along(ReadOnlySpan<(double Place, double Value)> line, double place)
    {
        if (line.Length == 1)
            return line[0].Value;
        var end = 1;
        while (end < line.Length - 1 && line[end].Place < place)
            end++;
        var ((left, low), (right, high)) = (line[end - 1], line[end]);
        return low + ((high - low) * (place - left) / (right - left));
    }
}
