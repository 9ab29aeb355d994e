using Dimec.Cartography;
using Dimec.Predictions;
using Dimec.Runs.Parts;
using Dimec.Training.Data;
using Dimec.Training.Evaluation;

namespace Dimec.Training.Dynamics;

/// <summary>
/// Records what the exits in training say of the selection samples at the end of each epoch, without dropout since nothing is learnt from
/// them: what routing them by their own pools (method section 5) needs. It costs a pass over the part.
/// </summary>
internal sealed class SelectionRecorder(EncodedPart part, IReadOnlyList<int> exits, Predictor predictor, RunWriter writer)
{
    public void Write(int epoch, CancellationToken cancellationToken)
    {
        var recorded = predictor.Predict(part, () => { }, cancellationToken);
        foreach (var (exit, layer) in recorded.Exits.Index())
        {
            if (!exits.Contains(layer))
                continue;
            writer.Dynamics(PartNames.Selection, layer, epoch, rows =>
            {
                for (var sample = 0; sample < recorded.Count; sample++)
                    rows.Write(new SampleGuid(recorded.Guids[sample]), recorded.Logits(sample, exit), recorded.Gold[sample]);
            });
        }
    }
}
