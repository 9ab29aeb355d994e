using Dimec.Inference.Batching;
using Dimec.Text;

namespace Dimec.Inference.Client;

/// <summary>The mobile's model, in this process: always there.</summary>
internal sealed class LocalTier(TierModel model, DimecClientOptions options) : IDisposable
{
    /// <summary>Runs the texts at given places, and hands each its logits.</summary>
    public Task RunAsync(IReadOnlyList<int> places, Func<int, TokenizedText> encodingOf, Action<int, float[]> answer, CancellationToken cancellation)
        => Task.Run(() =>
        {
            foreach (var batch in LengthBatches.Of(places, place => encodingOf(place).Ids.Length, options.MaxBatch, options.Model.MaxBatchTokens))
            {
                cancellation.ThrowIfCancellationRequested();
                var logits = model.Run([.. batch.Select(encodingOf)]);
                for (var row = 0; row < batch.Length; row++)
                    answer(batch[row], logits[(row * model.Classes)..((row + 1) * model.Classes)]);
            }
        }, cancellation);

    public void Dispose() => model.Dispose();
}
