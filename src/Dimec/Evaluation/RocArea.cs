using Dimec.Statistics;

namespace Dimec.Evaluation;

/// <summary>
/// How well a score tells the samples of one kind from the rest: the area under the ROC curve, which is the probability that a random
/// sample of the kind scores above a random one of the rest, ties counting half (Mann, Whitney 1947).
/// </summary>
/// <param name="Area">0 … 1; 0.5 for a score that knows nothing.</param>
/// <param name="Interval">Its 95 % interval by DeLong, DeLong and Clarke-Pearson (1988), cut to 0 … 1.</param>
/// <param name="Positives">The samples of the kind.</param>
/// <param name="Negatives">The rest.</param>
public sealed record RocArea(double Area, Interval Interval, int Positives, int Negatives)
{
    /// <summary>The 97.5 % point of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>Measures a score.</summary>
    /// <param name="scores">One finite number a sample; higher means rather of the kind.</param>
    /// <param name="isOfKind">For each sample, whether it is of the kind.</param>
    /// <returns>The area, or null where all samples are of one kind and there is none.</returns>
    public static RocArea? Of(IReadOnlyList<double> scores, IReadOnlyList<bool> isOfKind)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(isOfKind);
        double[] positives = [.. scores.Where((_, i) => isOfKind[i]).Order()];
        double[] negatives = [.. scores.Where((_, i) => !isOfKind[i]).Order()];
        if (positives.Length == 0 || negatives.Length == 0)
            return null;
        double[] above = [.. positives.Select(score => Placement(negatives, score))];
        double[] below = [.. negatives.Select(score => 1 - Placement(positives, score))];
        var area = above.Average();
        var error = Z * Math.Sqrt(Variance(above) / above.Length + Variance(below) / below.Length);
        return new RocArea(area, new Interval(Math.Max(0, area - error), Math.Min(1, area + error)), positives.Length, negatives.Length);
    }

    /// <summary>The share of the sorted values below a score, those equal to it counting half.</summary>
    private static double Placement(double[] sorted, double score) =>
        (First(sorted, value => value >= score) + First(sorted, value => value > score)) / (2.0 * sorted.Length);

    /// <summary>Where the first value stands that is far enough up; the length where none is.</summary>
    private static int First(double[] sorted, Func<double, bool> isUp)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isUp(sorted[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static double Variance(double[] values)
    {
        if (values.Length < 2)
            return 0;
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
