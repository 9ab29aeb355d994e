using Dimec.Evaluation.Metrics;
using Dimec.Text.Labels;
using Dimec.Text.SdkDocs;

namespace Dimec.Text.Tasks;

/// <summary>Turns a specification into what loads it.</summary>
internal static class SpecParser
{
    private const string SdkDocsName = "sdk-docs";
    private const string TsvExtension = ".tsv";
    private const string JsonlExtension = ".jsonl";

    /// <summary>What loads the data; null where an error was added.</summary>
    public static Func<CancellationToken, TaskData>? Parse(string spec, ReaderOptions options, InputErrors errors)
    {
        if (spec == SdkDocsName)
        {
            OptionRules.RejectColumns(options, spec, errors);
            OptionRules.RejectFiles(options, spec, errors);
            if (options.DropLabel is not null)
                errors.Add(ReaderOptionNames.DropLabel, $"is for files, and {spec} has a label for every sample", "leave it out");
            OptionRules.CheckSplit(options, dev: null, errors);
            return cancellation => SdkDocsTask.Load(DotnetRoots.Candidates(), options, cancellation);
        }

        var colon = spec.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && GlueTasks.Find(spec[..colon]) is { } task)
            return ParseGlue(task, spec[(colon + 1)..], options, errors);
        if (Path.GetExtension(spec).ToUpperInvariant() is ".TSV" or ".JSONL")
            return ParseFile(spec, options, errors);

        if (GlueTasks.Find(spec) is { } bare)
        {
            errors.Add(
                spec, "names a GLUE task without its folder", $"write {bare.Name}:DIR, DIR being the folder that holds {bare.TrainFile}");
        }
        else
        {
            errors.Add(
                spec.Length == 0 ? ReaderOptionNames.Data : spec, OtherFormats.Problem(spec),
                $"{OtherFormats.Fix(spec)}give {string.Join(", ", GlueTasks.All.Select(t => t.Name))} "
                + $"with a folder (sst2:DIR), {SdkDocsName}, or a {TsvExtension} or {JsonlExtension} file");
        }

        return null;
    }

    private static Func<CancellationToken, TaskData>? ParseGlue(GlueTask task, string folder, ReaderOptions options, InputErrors errors)
    {
        OptionRules.RejectColumns(options, task.Name, errors);
        OptionRules.CheckSplit(options, options.Dev ?? task.DevFile, errors);
        if (folder.Length == 0)
        {
            errors.Add($"{task.Name}:", "names no folder", $"write {task.Name}:DIR, DIR being the folder that holds {task.TrainFile}");
            return null;
        }

        return cancellation =>
        {
            var found = task.FindFolder(folder);
            var files = new PartFiles(
                Path.Combine(found, task.TrainFile), options.Selection, options.Calibration,
                options.Dev ?? Path.Combine(found, task.DevFile));
            OptionRules.CheckDistinct(files);
            return TaskLoader.Load(new TaskFormat(
                task.Name, task.Metric, task.CreateReader(DroppedLabel.Of(options.DropLabel)), task.Columns.Pair is not null, task.Labels),
                files, options, cancellation);
        };
    }

    private static Func<CancellationToken, TaskData> ParseFile(string spec, ReaderOptions options, InputErrors errors)
    {
        var extension = Path.GetExtension(spec);
        var isTsv = extension.Equals(TsvExtension, StringComparison.OrdinalIgnoreCase);
        var columns = OptionRules.ReadColumns(options, isTsv, errors);
        OptionRules.CheckExtensions(options, extension, errors);
        OptionRules.CheckSplit(options, options.Dev, errors);
        var dropped = DroppedLabel.Of(options.DropLabel);
        IRowReader reader = isTsv
            ? new TsvReader(columns, !options.NoHeader, dropped, skipsShortRows: false)
            : new JsonlReader(columns, dropped);
        var format = new TaskFormat(
            Path.GetFileNameWithoutExtension(spec), TaskMetrics.Accuracy, reader, columns.Pair is not null, Labels: null);
        var files = new PartFiles(spec, options.Selection, options.Calibration, options.Dev);
        return cancellation =>
        {
            OptionRules.CheckDistinct(files);
            return TaskLoader.Load(format, files, options, cancellation);
        };
    }
}
