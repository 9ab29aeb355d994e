using System.Globalization;
using Dimec.Text;

namespace Dimec.Runs.Records;

/// <summary>
/// The data that a run's training read. The record has them among its notes, as <c>dimec train</c> was called:
/// a note an option that was given, by its flag.
/// </summary>
public static class RunData
{
    private const string Spec = "--data";

    /// <summary>Each note that says how data are read, and what it sets; null for a value that it cannot have.</summary>
    private static readonly (string Note, Func<ReaderOptions, string, ReaderOptions?> Set)[] s_notes =
    [
        ("--text-column", (options, value) => options with { TextColumn = value }),
        ("--pair-column", (options, value) => options with { PairColumn = value }),
        ("--label-column", (options, value) => options with { LabelColumn = value }),
        ("--drop-label", (options, value) => options with { DropLabel = value }),
        ("--no-header", (options, value) => bool.TryParse(value, out var isSet) ? options with { NoHeader = isSet } : null),
        ("--dev", (options, value) => options with { Dev = value }),
        ("--selection", (options, value) => options with { Selection = value }),
        ("--calibration", (options, value) => options with { Calibration = value }),
        ("--dev-fraction", (options, value) => Share(value) is { } share ? options with { DevFraction = share } : null),
        ("--selection-fraction", (options, value) => Share(value) is { } share ? options with { SelectionFraction = share } : null),
        ("--calibration-fraction", (options, value) => Share(value) is { } share ? options with { CalibrationFraction = share } : null),
        ("--limit", (options, value) => Count(value) is { } count ? options with { Limit = count } : null),
        ("--held-out-limit", (options, value) => Count(value) is { } count ? options with { HeldOutLimit = count } : null),
        ("--seed", (options, value) => Count(value) is { } seed ? options with { Seed = seed } : null),
    ];

    /// <summary>The specification that a run was trained on.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="InputException">There is no record, it is broken, or its notes name no data.</exception>
    public static DataSpec Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var name = OptionNames.Of(CallArgument.Spec);
        if (!File.Exists(run.Record))
        {
            throw new InputException(
                name, $"is missing, and {run.Path} holds no run.json that would say what the training read", $"name the data with {name}");
        }

        var notes = RunSummary.Of(run).Notes;
        return notes.TryGetValue(Spec, out var spec) && Options(notes) is { } options
            ? DataSpec.Parse(spec, options)
            : throw new InputException(run.Record, "does not say which data the run was trained on", $"name them with {name}");
    }

    private static ReaderOptions? Options(IReadOnlyDictionary<string, string> notes)
    {
        ReaderOptions? options = new();
        foreach (var (note, set) in s_notes)
        {
            if (options is not null && notes.TryGetValue(note, out var value))
                options = set(options, value);
        }

        return options;
    }

    private static double? Share(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : null;

    private static int? Count(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) ? count : null;
}
