using Dimec.Statistics;

namespace Dimec.Evaluation.Routers;

/// <summary>
/// How well a score tells the samples of one kind from the rest: the area under the ROC curve, which is the probability that a random
/// sample of the kind scores above a random one of the rest, ties counting half (Mann, Whitney 1947).
/// </summary>
/// <param name="Value">0 … 1; 0.5 for a score that knows nothing.</param>
/// <param name="Interval">
/// Its 95 % interval by DeLong, DeLong and Clarke-Pearson (1988), cut to 0 … 1. Where these samples have no variance to tell it by (the
/// score parts the kinds, or is the same for all, or a kind has one sample), it is what k independent pairs allow, k the samples of the
/// rarer kind: with q = 0.025^(1/k), q · area to 1 − q · (1 − area).
/// </param>
/// <param name="Positives">The samples of the kind.</param>
/// <param name="Negatives">The rest.</param>
public sealed record Auroc(double Value, Interval Interval, int Positives, int Negatives)
{
    /// <summary>The 97.5 % point of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    private const double Tail = 0.025;

    /// <summary>Measures a score.</summary>
    /// <param name="scores">One finite number a sample; higher means rather of the kind.</param>
    /// <param name="isOfKind">For each sample, whether it is of the kind.</param>
    /// <returns>The area, or null where all samples are of one kind and there is none.</returns>
    public static Auroc? Of(IReadOnlyList<double> scores, IReadOnlyList<bool> isOfKind)
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
        var rarer = Math.Min(positives.Length, negatives.Length);
        var interval = rarer == 1 || error == 0 ? OfPairs(area, rarer) : new Interval(Math.Max(0, area - error), Math.Min(1, area + error));
        return new Auroc(area, interval, positives.Length, negatives.Length);
    }

    private static Interval OfPairs(double area, int pairs)
    {
        var alike = Math.Pow(Tail, 1.0 / pairs);
        return new Interval(alike * area, 1 - (alike * (1 - area)));
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
