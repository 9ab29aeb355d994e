using Dimec.Inference.Batching;
using Dimec.Text;

namespace Dimec.Inference.Client;

/// <summary>The mobile's model, in this process: always there.</summary>
internal sealed class LocalTier(TierModel model, DimecClientOptions options) : IDisposable
{
    /// <summary>The failure of a text that the model has no answer to.</summary>
    private readonly TierFailure _noNumber = new(
        model.Tier.Name, TierFailureReason.InvalidResponse,
        $"Tier {model.Tier.Name}, which runs here, did not answer: a logit is not a finite number.");

    /// <summary>Runs the texts at given places, and hands each its logits, or why it has none.</summary>
    public Task RunAsync(
        IReadOnlyList<int> places, Func<int, TokenizedText> encodingOf, Action<int, float[]> answer, Action<int, TierFailure> fail,
        CancellationToken cancellationToken)
        => Task.Run(() =>
        {
            foreach (var batch in LengthBatches.Of(
                places, place => encodingOf(place).Ids.Length, options.MaxBatch, options.Model.MaxBatchTokens))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var logits = model.Run([.. batch.Select(encodingOf)]);
                for (var row = 0; row < batch.Length; row++)
                {
                    var own = logits[(row * model.Classes)..((row + 1) * model.Classes)];
                    if (Array.TrueForAll(own, float.IsFinite))
                        answer(batch[row], own);
                    else
                        fail(batch[row], _noNumber);
                }
            }
        }, cancellationToken);

    public void Dispose() => model.Dispose();
}
