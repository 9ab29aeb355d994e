using System.Globalization;
using Dimec.Predictions;
using Dimec.Text.Labels;
using Dimec.Text.Splits;

namespace Dimec.Text.Tasks;

/// <summary>Reads a task's files, checks them against each other and splits off the parts that have none.</summary>
internal static class TaskLoader
{
    public static TaskData Load(TaskFormat format, PartFiles files, ReaderOptions options, CancellationToken cancellation)
    {
        var read = ReadAll(format, files, cancellation);
        var train = read[PartNames.Train];
        var spellings = LabelSpellings.Of(read.Values.SelectMany(file => file.Rows).Select(row => row.Label).Concat(format.Labels ?? []));
        var labels = CheckLabels(format, read, spellings);
        var index = labels.Select((label, i) => (label, i)).ToDictionary(p => p.label, p => p.i);
        var parts = Splitting.Split(Samples(PartNames.Train), labels, options, read.ContainsKey, train.Path, cancellation);
        return new TaskData(
            format.Name, format.Metric,
            Part(PartNames.Train), Part(PartNames.Selection), Part(PartNames.Calibration), Part(PartNames.Dev),
            [.. read.Values.Select(f => new DataSource(f.Path, f.Sha256))],
            new FileRows(train),
            [.. read.Values.SelectMany(Notes), .. Dropped(read.Values, options), .. spellings.Notes]);

        Dataset Part(string name) =>
            new(
                name, parts.TryGetValue(name, out var samples) ? samples : Samples(name), labels, format.HasPair,
                read.TryGetValue(name, out var file) ? file.Skipped : 0);

        Sample[] Samples(string part) =>
            [.. read[part].Rows.Select(r => new Sample($"{part}-{r.Number}", r.Text, r.Pair, index[spellings.Of(r.Label)]))];
    }

    /// <summary>What the user should know of how a file was read.</summary>
    private static IEnumerable<string> Notes(RowFile file)
    {
        if (file.Skipped > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Skipped} of {file.Places.Count} rows of {file.Path} are short of columns and were left out.");
        }

        if (file.Dropped > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Dropped} of {file.Places.Count} rows of {file.Path} were left out by {ReaderOptionNames.DropLabel}.");
        }

        if (file.Note is { } note)
            yield return note;
    }

    /// <summary>A label that no row has is likelier a slip than a wish.</summary>
    private static IEnumerable<string> Dropped(IReadOnlyCollection<RowFile> files, ReaderOptions options)
    {
        if (options.DropLabel is { } label && files.All(file => file.Dropped == 0))
            yield return $"No row has the label \"{label}\" that {ReaderOptionNames.DropLabel} names, so none was left out.";
    }

    private static Dictionary<string, RowFile> ReadAll(TaskFormat format, PartFiles files, CancellationToken cancellation)
    {
        var errors = new InputErrors();
        var read = new Dictionary<string, RowFile>();
        foreach (var (part, path) in files.Named)
        {
            try
            {
                read[part] = format.Reader.Read(SourceFile.Read(path), errors, cancellation);
            }
            catch (InputException exception)
            {
                errors.Add(exception);
            }
        }

        errors.ThrowIfAny();
        return read;
    }

    private static string[] CheckLabels(TaskFormat format, Dictionary<string, RowFile> read, LabelSpellings spellings)
    {
        var errors = new InputErrors();
        var train = read[PartNames.Train];
        var known = train.Rows.Select(r => spellings.Of(r.Label)).ToHashSet();
        if (format.Labels is { } convention)
        {
            Report(
                train, label => convention.Contains(spellings.Of(label)),
                $"which {format.Name} does not have (its labels are {string.Join(", ", convention)})", errors);
        }

        foreach (var file in read.Values.Where(f => f != train))
        {
            Report(
                file, label => known.Contains(spellings.Of(label)),
                $"which the training file {train.Path} lacks (its labels are {LabelText.List(LabelOrder.Of(known, format.Labels))})",
                errors);
        }

        if (known.Count == 1)
        {
            errors.Add(train.Path, $"has one label only, \"{known.Single()}\"", Unlabelled.IsMark(known.Single())
                ? "give training data with labels: this one often stands for a row without any"
                : "give training data with two labels or more");
        }

        errors.ThrowIfAny();
        return LabelOrder.Of(known, format.Labels);
    }

    /// <summary>A line a label, not a line a row: a whole file may have it.</summary>
    private static void Report(RowFile file, Func<string, bool> isKnown, string problem, InputErrors errors)
    {
        foreach (var rows in file.Rows.Where(r => !isKnown(r.Label)).GroupBy(r => r.Label).Take(RowErrors.Most))
        {
            var count = rows.Count();
            var more = count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (as have {count} of its rows)") : "";
            var fix = Unlabelled.IsMark(rows.Key)
                ? $"if it stands for rows without a label, leave them out with {ReaderOptionNames.DropLabel} \"{rows.Key}\""
                : "correct the label or remove the row";
            errors.Add(
                RowErrors.Where(file.Path, rows.First().Line), $"has the label \"{LabelText.Short(rows.Key)}\"{more}, {problem}", fix);
        }
    }
}
