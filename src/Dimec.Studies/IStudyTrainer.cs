using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Studies.Settings;
using Dimec.Text;

namespace Dimec.Studies;

/// <summary>Who trains for a study, so that a study itself needs neither libtorch nor a pretrained encoder.</summary>
public interface IStudyTrainer
{
    /// <summary>Decides once, for all trainings of a study, what its call left open.</summary>
    /// <param name="settings">The study.</param>
    /// <param name="folder">Its folder, which may hold trainings that were begun.</param>
    /// <param name="data">The tasks' data by their names.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How the runs are trained, for the study's record.</returns>
    /// <exception cref="InputException">A training's record is broken.</exception>
    StudyTrainings Begin(
        StudySettings settings, StudyFolder folder, IReadOnlyDictionary<string, TaskData> data, CancellationToken cancellationToken);

    /// <summary>Trains a run, or goes on with it.</summary>
    /// <param name="run">What is to be trained.</param>
    /// <param name="cancellationToken">Stops it; the same call goes on from there.</param>
    /// <returns>False where an earlier call had finished it.</returns>
    bool Train(StudyRun run, CancellationToken cancellationToken);

    /// <summary>Embeds texts anew with a run's model.</summary>
    /// <param name="run">A finished run.</param>
    /// <param name="kind">What e(x) is made of.</param>
    /// <param name="parts">The texts.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>e(x) of the samples of each part.</returns>
    /// <exception cref="InputException">The run's model is broken.</exception>
    IReadOnlyList<SampleEmbeddings> Embed(
        RunFolder run, EmbeddingKind kind, IReadOnlyList<Dataset> parts, CancellationToken cancellationToken);
}
