using Dimec.Cartography;
using Dimec.Files;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Training.Data;
using Dimec.Training.Evaluation;

namespace Dimec.Training.Dynamics;

/// <summary>
/// Records what the exits in training say of the selection samples at the end of each epoch, without dropout since nothing is learnt from them: what
/// routing them by their own pools (method section 5) needs. It costs a pass over the part.
/// </summary>
internal sealed class SelectionRecorder(EncodedPart part, IReadOnlyList<int> exits, Evaluator evaluator, RunFolder folder)
{
    public void Write(int epoch, CancellationToken cancellationToken)
    {
        var recorded = evaluator.Predict(part, () => { }, cancellationToken);
        for (var exit = 0; exit < recorded.Exits.Count; exit++)
        {
            if (!exits.Contains(recorded.Exits[exit]))
                continue;
            var path = Path.Combine(RunFolder.ExitDynamics(folder.DynamicsOf(SelectionPart.Name), recorded.Exits[exit]), TrainingDynamicsFolder.FileName(epoch));
            var current = exit;
            AtomicFile.Write(path, stream => Write(stream, recorded, current, epoch));
        }
    }

    private static void Write(Stream stream, RecordedExits recorded, int exit, int epoch)
    {
        using var writer = new DynamicsWriter(stream, epoch);
        for (var sample = 0; sample < recorded.Count; sample++)
            writer.Write(new SampleGuid(recorded.Guids[sample]), recorded.Logits(sample, exit), recorded.Gold[sample]);
    }
}
