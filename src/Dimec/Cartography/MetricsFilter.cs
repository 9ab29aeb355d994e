namespace Dimec.Cartography;

/// <summary>Chooses a part of the training set by a metric, as the reference implementation's filtering does.</summary>
public static class MetricsFilter
{
    /// <summary>
    /// The first int(f · N) + 1 samples (at most N) sorted by a metric: confidence and correctness ascending; variability,
    /// forgetfulness and threshold closeness descending. Equal ones stay in the order of their rows.
    /// </summary>
    /// <param name="metrics">The samples' metrics.</param>
    /// <param name="metric">What to sort by.</param>
    /// <param name="fraction">f, 0 … 1.</param>
    /// <param name="worst">Turns the order round.</param>
    /// <exception cref="InputException">The fraction is out of range.</exception>
    public static IReadOnlyList<SampleMetrics> Select(
        IReadOnlyList<SampleMetrics> metrics, CartographyMetric metric, double fraction, bool worst)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var errors = new InputErrors();
        CheckFraction(fraction, errors);
        errors.ThrowIfAny();
        var value = ValueOf(metric);
        var ascending = (metric is CartographyMetric.Confidence or CartographyMetric.Correctness) != worst;
        var sorted = ascending ? metrics.OrderBy(value) : metrics.OrderByDescending(value);
        return [.. sorted.Take((int)(fraction * metrics.Count) + 1)];
    }

    /// <summary>Checks a fraction before there is anything to choose from.</summary>
    /// <param name="fraction">f.</param>
    /// <param name="errors">Gets it where it is out of range.</param>
    public static void CheckFraction(double fraction, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (!(fraction is >= 0 and <= 1))
        {
            errors.Add(
                OptionNames.Of(CallArgument.Fraction), FormattableString.Invariant($"is {fraction}"), "give a number of 0 … 1");
        }
    }

    private static Func<SampleMetrics, double> ValueOf(CartographyMetric metric) => metric switch
    {
        CartographyMetric.Confidence => sample => sample.Confidence,
        CartographyMetric.Variability => sample => sample.Variability,
        CartographyMetric.Correctness => sample => sample.Correctness,
        CartographyMetric.Forgetfulness => sample => sample.Forgetfulness,
        CartographyMetric.ThresholdCloseness => sample => sample.ThresholdCloseness,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, null),
    };
}
