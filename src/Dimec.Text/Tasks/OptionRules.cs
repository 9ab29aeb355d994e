using System.Globalization;
using Dimec.Predictions;

namespace Dimec.Text.Tasks;

/// <summary>What options must hold, and which belong to which specification.</summary>
internal static class OptionRules
{
    public static void CheckRanges(ReaderOptions options, InputErrors errors)
    {
        CheckFraction(ReaderOptionNames.DevFraction, options.DevFraction, errors);
        CheckFraction(ReaderOptionNames.SelectionFraction, options.SelectionFraction, errors);
        CheckFraction(ReaderOptionNames.CalibrationFraction, options.CalibrationFraction, errors);
        if (options.Limit is < 2)
        {
            errors.Add(
                ReaderOptionNames.Limit, $"is {options.Limit}, and training needs 2 samples at least",
                "give 2 or more, or leave it out to train on all");
        }

        if (options.HeldOutLimit is < 1)
        {
            errors.Add(
                ReaderOptionNames.HeldOutLimit, $"is {options.HeldOutLimit}, which leaves parts without samples",
                "give 1 or more, or leave it out to keep all");
        }
    }

    /// <summary>A fraction is for a part that is split off, and all of them must leave something to train on.</summary>
    /// <param name="options">The options.</param>
    /// <param name="dev">The file that dev is read from; null where it is split off.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static void CheckSplit(ReaderOptions options, string? dev, InputErrors errors)
    {
        (string Part, string Option, double? Fraction, string? File)[] parts =
        [
            (PartNames.Dev, ReaderOptionNames.DevFraction, options.DevFraction, dev),
            (PartNames.Selection, ReaderOptionNames.SelectionFraction, options.SelectionFraction, options.Selection),
            (PartNames.Calibration, ReaderOptionNames.CalibrationFraction, options.CalibrationFraction, options.Calibration),
        ];
        foreach (var (part, option, _, file) in parts.Where(p => p.Fraction is not null && p.File is not null))
            errors.Add(option, $"says how much of train becomes {part}, which is read from {file}", "leave one of the two out");
        var sum = parts.Where(p => p.File is null).Sum(p => p.Fraction ?? ReaderOptions.DefaultFraction);
        if (sum >= 1)
        {
            errors.Add("the fractions split off train", string.Create(
                CultureInfo.InvariantCulture, $"add up to {sum:0.###}, which leaves nothing to train on"), "make their sum less than 1");
        }
    }

    public static void RejectColumns(ReaderOptions options, string spec, InputErrors errors)
    {
        Reject(ReaderOptionNames.TextColumn, options.TextColumn is not null);
        Reject(ReaderOptionNames.PairColumn, options.PairColumn is not null);
        Reject(ReaderOptionNames.LabelColumn, options.LabelColumn is not null);
        Reject(ReaderOptionNames.NoHeader, options.NoHeader);

        void Reject(string option, bool given)
        {
            if (given)
                errors.Add(option, $"is for .tsv and .jsonl files, and {spec} has a layout of its own", "leave it out");
        }
    }

    public static void RejectFiles(ReaderOptions options, string spec, InputErrors errors)
    {
        foreach (var (option, file) in Files(options))
        {
            if (file is not null)
                errors.Add(option, $"names the file {file}, and {spec} splits all its parts off by itself", "leave it out");
        }
    }

    public static void CheckExtensions(ReaderOptions options, string extension, InputErrors errors)
    {
        foreach (var (option, file) in Files(options))
        {
            if (file is not null && !Path.GetExtension(file).Equals(extension, StringComparison.OrdinalIgnoreCase))
            {
                errors.Add(
                    option, $"names {file}, which is no {extension} file like the training file", $"give all parts as {extension} files");
            }
        }
    }

    /// <summary>The columns of a user's file, checked as far as the options alone allow.</summary>
    public static ColumnNames ReadColumns(ReaderOptions options, bool isTsv, InputErrors errors)
    {
        var columns = new ColumnNames(options.TextColumn ?? "text", options.PairColumn, options.LabelColumn ?? "label");
        if (options.NoHeader && !isTsv)
            errors.Add(ReaderOptionNames.NoHeader, "is for .tsv files; a .jsonl file has none", "leave it out");
        foreach (var same in columns.Named.GroupBy(c => c.Name).Where(g => g.Count() > 1))
        {
            errors.Add(
                string.Join(" and ", same.Select(c => c.Option)), $"both name the column {same.Key}", "name a column of its own with each");
        }

        if (!options.NoHeader || !isTsv)
            return columns;

        foreach (var (option, name) in columns.Named)
        {
            if (!ColumnNames.IsNumber(name))
            {
                errors.Add(
                    option, $"is {name}, and without a header columns are numbers from 0", $"give the column's number, e.g. {option} 0");
            }
        }

        return columns;
    }

    /// <summary>Two parts in one file are one part counted twice.</summary>
    public static void CheckDistinct(PartFiles files)
    {
        var errors = new InputErrors();
        var seen = new Dictionary<string, string>();
        foreach (var (part, path) in files.Named)
        {
            if (!seen.TryAdd(Full(path), part))
                errors.Add(path, $"is given as {seen[Full(path)]} and as {part}", "give each part a file of its own");
        }

        errors.ThrowIfAny();
    }

    /// <summary>What no path can be is left to who opens it.</summary>
    private static string Full(string path) =>
        path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? path : Path.GetFullPath(path);

    private static (string Option, string? File)[] Files(ReaderOptions options) =>
        [
            (ReaderOptionNames.Dev, options.Dev),
            (ReaderOptionNames.Selection, options.Selection),
            (ReaderOptionNames.Calibration, options.Calibration),
        ];

    private static void CheckFraction(string option, double? value, InputErrors errors)
    {
        if (value is not (null or (> 0 and < 1)))
            errors.Add(option, string.Create(CultureInfo.InvariantCulture, $"is {value}"), "give a share over 0 and under 1, e.g. 0.1");
    }
}
