using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Parts;
using Dimec.Text;

namespace Dimec.Exits.Bench;

/// <summary>A finished run with exit 0: what was recorded, and the data that its record names. Choices are made on selection.</summary>
internal sealed class BenchRun
{
    private readonly RunParts _parts;

    public BenchRun(string path)
    {
        var run = Run.Open(path);
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        Data = run.Data().Load();
        _parts = new RunParts(run.Folder);
        Selection = _parts.Predictions(PartNames.Selection);
        Dev = _parts.Predictions(PartNames.Dev);
    }

    public string Name { get; }

    public TaskData Data { get; }

    public int Classes => Data.Labels.Count;

    public RecordedExits Selection { get; }

    public RecordedExits Dev { get; }

    public int Last => Selection.Exits[^1];

    /// <summary>The training samples' exits, with pooled states and with exit 0 where it has not seen them; of a run with states.</summary>
    public RecordedExits Train() => _parts.Predictions(PartNames.Train);

    /// <summary>e(x) of the training samples, in the data's order.</summary>
    public SampleEmbeddings Embeddings() => _parts.TrainEmbeddings()!;
}
