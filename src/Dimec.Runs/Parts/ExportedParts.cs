using Dimec.Files;
using Dimec.Predictions;
using Dimec.Runs.Records;
using Dimec.Text;

namespace Dimec.Runs.Parts;

/// <summary>
/// Writes what an exported bundle says of a task's parts as a folder that is planned and evaluated like a run: its exits have confidences
/// of their own, and a plan is best made on those that will be served.
/// </summary>
public sealed record ExportedParts
{
    /// <summary>The bundle.</summary>
    public required ExportedExits Exits { get; init; }

    /// <summary>The task.</summary>
    public required TaskData Data { get; init; }

    /// <summary>What the bundle's exits say of a part.</summary>
    public required Func<Dataset, RecordedExits> Record { get; init; }

    /// <summary>e(x) of the training samples, as the bundle computes it.</summary>
    public required Func<Dataset, SampleEmbeddings> Embed { get; init; }

    /// <summary>
    /// The run that the bundle was exported from, whose record, dynamics and exit 0 are taken over: they are of no precision. Null: none,
    /// and plans that need them cannot be made.
    /// </summary>
    public RunFolder? Run { get; init; }

    /// <summary>Writes the folder.</summary>
    /// <param name="folder">The folder: new, empty, or one that this has written before.</param>
    /// <param name="progress">Gets the name of each part before it is recorded.</param>
    /// <param name="cancellationToken">Stops between parts.</param>
    /// <exception cref="InputException">The folder holds something else, the run holds something malformed, or its samples are not those
    /// of the data.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Write(string folder, Action<string> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var to = new RunFolder(folder);
        var errors = new InputErrors();
        FolderClaim.CheckUse(folder, to.Exits, "folder of recorded exits", errors);
        errors.ThrowIfAny();
        using var claim = FolderClaim.Take(folder);
        new ExitsRecord(Exits, Run is null ? new Dictionary<string, string>() : HashesOfModel(Run)).Write(to);
        var writer = new RunWriter(to);
        foreach (var part in new[] { Data.Selection, Data.Calibration, Data.Dev }.Where(part => part.Samples.Count > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress(part.Part);
            writer.Predictions(WithExitZero(Record(part)));
        }

        progress(PartNames.Train);
        var embeddings = Embed(Data.Train);
        writer.TrainEmbeddings(embeddings.Guids, embeddings.Kind, embeddings.Size, embeddings.Values.ToArray());
        if (Run is not null)
            TakeOver(Run, to, cancellationToken);
    }

    /// <summary>Exit 0 runs before any layer, and is the same in every precision.</summary>
    private RecordedExits WithExitZero(RecordedExits exits)
    {
        if (Run is null || exits.HasExitZero || !File.Exists(Run.Predictions(exits.Part)))
            return exits;
        var trained = new RunParts(Run).Predictions(exits.Part);
        if (!trained.HasExitZero)
            return exits;
        return trained.Guids.SequenceEqual(exits.Guids)
            ? exits.WithExitZeroOf(trained)
            : throw new InputException(
                Run.Predictions(exits.Part), $"has other samples than the data's part '{exits.Part}'",
                "give the data that the run was trained on, or leave out the run");
    }

    private static Dictionary<string, string> HashesOfModel(RunFolder run) => Directory.Exists(run.Model)
        ? Directory.EnumerateFiles(run.Model, "*.safetensors").Order(StringComparer.Ordinal)
            .ToDictionary(run.NameOf, path => FileHash.Of(path))
        : [];

    private static void TakeOver(RunFolder run, RunFolder to, CancellationToken cancellationToken)
    {
        string[] single = [run.Record, run.Metrics, run.MetricsRecord];
        var dynamics = Directory.Exists(run.DynamicsOf(PartNames.Train))
            ? Directory.EnumerateFiles(run.DynamicsOf(PartNames.Train), "*.jsonl", SearchOption.AllDirectories)
            : [];
        foreach (var file in single.Where(File.Exists).Concat(dynamics.Order(StringComparer.Ordinal)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            AtomicFile.Write(Path.Combine(to.Path, Path.GetRelativePath(run.Path, file)), stream =>
            {
                using var from = InputFile.OpenRead(file);
                from.CopyTo(stream);
            });
        }
    }
}
