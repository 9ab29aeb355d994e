using Dimec.Text.Splits;

namespace Dimec.Text.Tasks;

/// <summary>Reads a task's files, checks them against each other and splits off the parts that have none.</summary>
internal static class TaskLoader
{
    public static TaskData Load(TaskFormat format, PartFiles files, ReaderOptions options, CancellationToken cancellation)
    {
        var read = ReadAll(format, files, cancellation);
        var train = read[PartNames.Train];
        var labels = CheckLabels(format, read);
        var index = labels.Select((label, i) => (label, i)).ToDictionary(p => p.label, p => p.i);
        var parts = Splitting.Split(Samples(PartNames.Train), labels, options, read.ContainsKey, train.Path, cancellation);
        return new TaskData(
            format.Name, format.Metric,
            Part(PartNames.Train), Part(PartNames.Selection), Part(PartNames.Calibration), Part(PartNames.Dev),
            [.. read.Values.Select(f => new DataSource(f.Path, f.Sha256))],
            new FileRows(train));

        Dataset Part(string name) =>
            new(name, parts.TryGetValue(name, out var samples) ? samples : Samples(name), labels, format.HasPair, read.TryGetValue(name, out var file) ? file.Skipped : 0);

        Sample[] Samples(string part) =>
            [.. read[part].Rows.Select(r => new Sample($"{part}-{r.Number}", r.Text, r.Pair, index[r.Label]))];
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

    private static string[] CheckLabels(TaskFormat format, Dictionary<string, RowFile> read)
    {
        var errors = new InputErrors();
        var train = read[PartNames.Train];
        var known = train.Rows.Select(r => r.Label).ToHashSet();
        if (format.Labels is { } convention)
            Report(train, convention.Contains, $"which {format.Name} does not have (its labels are {string.Join(", ", convention)})", errors);
        foreach (var file in read.Values.Where(f => f != train))
            Report(file, known.Contains, $"which the training file {train.Path} lacks", errors);
        if (known.Count == 1)
            errors.Add(train.Path, $"has one label only, \"{known.Single()}\"", "give training data with two labels or more");
        errors.ThrowIfAny();
        return LabelOrder.Of(known, format.Labels);
    }

    private static void Report(RowFile file, Func<string, bool> isKnown, string problem, InputErrors errors)
    {
        foreach (var row in file.Rows.Where(r => !isKnown(r.Label)).Take(RowErrors.Most))
            errors.Add(RowErrors.Where(file.Path, row.Line), $"has the label \"{row.Label}\", {problem}", "correct the label or remove the row");
    }
}
