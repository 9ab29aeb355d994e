using Dimec.Ablations;
using Dimec.Checkpoints;
using Dimec.Cli.Runs;
using Dimec.Costs;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Text;
using Dimec.Training;

namespace Dimec.Cli.Studies;

/// <summary>Gives an ablation what a run's files hold, and embeds its texts anew where another kind of e(x) is asked for.</summary>
/// <param name="run">The run.</param>
/// <param name="costs">The costs, which name the tiers whose own exits may judge.</param>
/// <param name="data">Reads the run's data.</param>
/// <param name="stop">Stops it.</param>
internal sealed class AblationSource(RunFolder run, CostStructure costs, Func<TaskData> data, CancellationToken stop) : IAblationSource
{
    private readonly RunParts _parts = new(run);

    public int Epochs => Dynamics.OfTraining(run) is { Exist: true } dynamics ? dynamics.Open(exit: null).Epochs.Count : 0;

    public MappedSamples Training(MapChoice choice) =>
        new RunMaps(run, _parts).Training(choice, costs) ?? throw new InputException(run.Path, "holds no dynamics", "train with 'dimec train'");

    public MappedSamples Selection(MapChoice choice) => new RunMaps(run, _parts).Selection(choice, costs);

    public EmbeddedParts Embedded(EmbeddingKind kind)
    {
        var checkpoint = Checkpoint.Load(run.Model);
        var tokenizer = CheckpointTokenizers.Read(checkpoint, run.Model);
        using var model = new TrainedModel(checkpoint, kind);
        var task = data();
        return new EmbeddedParts(Embed(task.Train), new SelectionPart(With(task.Selection)), With(task.Dev));

        SampleEmbeddings Embed(Dataset part) => model.Embed(part, sample => tokenizer.Encode(sample.Text, sample.Pair, checkpoint.Exits!.MaxLength), stop);

        RecordedExits With(Dataset part) => _parts.Predictions(part.Part).WithEmbeddings(Embed(part));
    }
}
