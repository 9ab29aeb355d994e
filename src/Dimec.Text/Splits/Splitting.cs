using Dimec.Predictions;
using Dimec.Text.Labels;

namespace Dimec.Text.Splits;

/// <summary>Splits a task's samples into the parts that have no file of their own, and takes the limits' shares of them.</summary>
internal static class Splitting
{
    /// <summary>So few samples may have a label each and be meant.</summary>
    private const int Few = 20;

    /// <summary>Train and each part that was split off it, in the samples' order.</summary>
    /// <param name="samples">All samples that were read for train.</param>
    /// <param name="labels">The task's labels.</param>
    /// <param name="options">Fractions, limits and the seed.</param>
    /// <param name="isGiven">Whether a part has a file of its own.</param>
    /// <param name="where">What errors name.</param>
    /// <param name="cancellation">Stops the splitting.</param>
    public static Dictionary<string, IReadOnlyList<Sample>> Split(
        IReadOnlyList<Sample> samples, IReadOnlyList<string> labels, ReaderOptions options, Func<string, bool> isGiven, string where,
        CancellationToken cancellation)
    {
        (string Name, double? Fraction)[] wanted =
        [
            .. new[]
            {
                (PartNames.Selection, options.SelectionFraction),
                (PartNames.Calibration, options.CalibrationFraction),
                (PartNames.Dev, options.DevFraction),
            }
                .Where(p => !isGiven(p.Item1)),
        ];
        var assigned = Splitter.Assign(
            samples, labels.Count, options.Seed, [.. wanted.Select(p => p.Fraction ?? ReaderOptions.DefaultFraction)], cancellation);
        var parts = new Dictionary<string, IReadOnlyList<Sample>> { [PartNames.Train] = Of(0) };
        for (var i = 0; i < wanted.Length; i++)
            parts[wanted[i].Name] = Of(i + 1);
        Check(parts, samples.Count, labels, options, where);

        parts[PartNames.Train] = StratifiedSample.Take(
            parts[PartNames.Train], labels.Count, options.Limit ?? int.MaxValue, options.Seed, minimum: 1);
        foreach (var (name, _) in wanted)
            parts[name] = StratifiedSample.Take(parts[name], labels.Count, options.HeldOutLimit ?? int.MaxValue, options.Seed, minimum: 0);
        return parts;

        IReadOnlyList<Sample> Of(int part) => [.. samples.Where((_, i) => assigned[i] == part)];
    }

    private static void Check(
        Dictionary<string, IReadOnlyList<Sample>> parts, int samples, IReadOnlyList<string> labels, ReaderOptions options, string where)
    {
        var errors = new InputErrors();
        var empty = parts.Where(p => p.Value.Count == 0).Select(p => p.Key).ToList();
        if (empty.Count > 0)
        {
            errors.Add(
                where,
                $"has too few different texts ({samples} samples of {labels.Count} labels) to split: "
                + $"nothing is left for {string.Join(" and ", empty)}",
                samples > Few && labels.Count * 2 > samples
                    ? $"name the right column with {ReaderOptionNames.LabelColumn}, as nearly every row has a label of its own"
                    : $"add samples, or give these parts as files ({ReaderOptionNames.Selection}, "
                        + $"{ReaderOptionNames.Calibration}, {ReaderOptionNames.Dev})");
        }

        var trained = parts[PartNames.Train].Select(s => s.Label).ToHashSet();
        string[] untrained = [.. labels.Where((_, i) => !trained.Contains(i))];
        if (untrained.Length == 1)
        {
            errors.Add(
                where, $"has too few texts with the label {LabelText.List(untrained)} to keep one for training",
                "add samples with that label");
        }
        else if (untrained.Length > 1)
        {
            errors.Add(
                where, $"has too few texts with the labels {LabelText.List(untrained)} to keep one of each for training",
                $"add samples with these labels, or name the right column with {ReaderOptionNames.LabelColumn}");
        }

        if (options.Limit < labels.Count)
        {
            errors.Add(
                ReaderOptionNames.Limit, $"is {options.Limit}, less than the task's {labels.Count} labels",
                $"give {labels.Count} or more, so that every label is trained");
        }

        errors.ThrowIfAny();
    }
}
