using Dimec.Evaluation.Metrics;
using Dimec.Text.Labels;

namespace Dimec.Text.Tasks;

/// <summary>One task of the GLUE benchmark, in the layout that GLUE's download script writes.</summary>
/// <param name="Name">Its name in a specification.</param>
/// <param name="Folder">Its folder in a GLUE download.</param>
/// <param name="DevFile">The file of its dev part.</param>
/// <param name="HasHeader">Whether its files begin with a header.</param>
/// <param name="Columns">The columns that are read.</param>
/// <param name="Labels">The labels in GLUE's order.</param>
internal sealed record GlueTask(
    string Name, string Folder, string DevFile, bool HasHeader, ColumnNames Columns, IReadOnlyList<string> Labels)
{
    public string TrainFile { get; } = "train.tsv";

    /// <summary>The metric that it is reported with.</summary>
    public string Metric => TaskMetrics.For(Name)[0];

    /// <summary>Where texts stand in a part without labels: GLUE's own test parts all have a header.</summary>
    public ColumnNames UnlabelledColumns => HasHeader ? Columns with { Label = null } : new ColumnNames("sentence", null, null);

    public TsvReader CreateReader(DroppedLabel dropped) => new(Columns, HasHeader, dropped, skipsShortRows: true);

    /// <summary>The folder that holds the task's files: the one given, or the task's folder in it.</summary>
    public string FindFolder(string given)
    {
        if (!Directory.Exists(given))
        {
            throw new InputException(
                given, File.Exists(given) ? "is a file, not a folder" : "does not exist",
                $"give the folder that holds {TrainFile}, or the one that holds GLUE's folders: {Name}:DIR");
        }

        if (File.Exists(Path.Combine(given, TrainFile)))
            return given;
        var below = Path.Combine(given, Folder);
        if (Directory.Exists(below))
            return below;
        throw new InputException(
            given, $"holds neither {TrainFile} nor a folder {Folder}",
            $"give the folder that holds {TrainFile}, or the one that holds GLUE's folders: {Name}:DIR");
    }
}
