using Dimec.Costs;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Maps;
using Dimec.Runs.Parts;
using Dimec.Studies.Ablations;
using Dimec.Text;

namespace Dimec.Studies.Results;

/// <summary>Gives an ablation what a run's files hold, and has its texts embedded anew where another kind of e(x) is asked for.</summary>
/// <param name="run">The run.</param>
/// <param name="costs">The costs, which name the tiers whose own exits may judge.</param>
/// <param name="data">Reads the run's data.</param>
/// <param name="trainer">Embeds.</param>
/// <param name="cancellationToken">Stops it.</param>
internal sealed class AblationSource(
    RunFolder run, CostStructure costs, Func<TaskData> data, IStudyTrainer trainer, CancellationToken cancellationToken)
    : IAblationSource
{
    private readonly RunParts _parts = new(run);

    public int Epochs => PartDynamics.OfTraining(run) is { Exist: true } dynamics ? dynamics.Open(exit: null).Epochs.Count : 0;

    public PoolMetrics Training(MetricsChoice choice) =>
        new RunMetrics(run, _parts).Training(choice, costs)
            ?? throw new InputException(run.Path, "holds no dynamics", "train with 'dimec train'");

    public PoolMetrics Selection(MetricsChoice choice) => new RunMetrics(run, _parts).Selection(choice, costs);

    public EmbeddedParts Embedded(EmbeddingKind kind)
    {
        var task = data();
        var embeddings = trainer.Embed(run, kind, [task.Train, task.Selection, task.Dev], cancellationToken);
        return new EmbeddedParts(embeddings[0], new SelectionPart(With(task.Selection, embeddings[1])), With(task.Dev, embeddings[2]));
    }

    private RecordedExits With(Dataset part, SampleEmbeddings embeddings) => _parts.Predictions(part.Part).WithEmbeddings(embeddings);
}
