using System.Buffers;
using Dimec.Bundles;

namespace Dimec.Inference.Batching;

/// <summary>
/// Runs rows of any lengths on a tier's model: cuts them into batches of like length within the limits of a run, and pads those.
/// </summary>
/// <param name="shape">What the model takes and gives.</param>
/// <param name="maxRows">The most rows of a run, at least 1.</param>
/// <param name="maxTokens">The most rows × padded length of a run.</param>
/// <param name="run">Runs a batch.</param>
internal sealed class RowBatches(ModelShape shape, int maxRows, int maxTokens, TierRun run)
{
    /// <summary>Runs rows through a stretch of layers.</summary>
    /// <param name="layers">The stretch; where it begins with layer 1 the rows' ids are run, else their hidden states.</param>
    /// <param name="rows">The rows, in any number.</param>
    /// <param name="hidden">Whether the states after the last layer are wanted.</param>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public StretchResult Run(
        LayerStretch layers, IReadOnlyList<TierRow> rows, bool hidden, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var result = new StretchResult(new float[rows.Count * shape.Classes], hidden ? new float[rows.Count][] : null);
        foreach (var places in LengthBatches.Of([.. Enumerable.Range(0, rows.Count)], place => rows[place].Length, maxRows, maxTokens))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run(layers, rows, places, result);
        }

        return result;
    }

    private void Run(LayerStretch layers, IReadOnlyList<TierRow> rows, int[] places, StretchResult result)
    {
        using var batch = new PaddedRows([.. places.Select(place => rows[place])], shape, layers.From == 0);
        var (length, tokens) = (batch.Input.Length, batch.Input.Length * shape.HiddenSize);
        var logits = ArrayPool<float>.Shared.Rent(places.Length * shape.Classes);
        var states = result.Hidden is null ? [] : ArrayPool<float>.Shared.Rent(places.Length * tokens);
        try
        {
            run(
                layers, batch.Input, logits.AsSpan(0, places.Length * shape.Classes),
                states.AsSpan(0, result.Hidden is null ? 0 : places.Length * tokens));
            for (var i = 0; i < places.Length; i++)
            {
                logits.AsSpan(i * shape.Classes, shape.Classes).CopyTo(result.Logits.AsSpan(places[i] * shape.Classes));
                if (result.Hidden is float[][] hidden)
                    hidden[places[i]] = states.AsSpan(i * tokens, rows[places[i]].Length * shape.HiddenSize).ToArray();
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(logits);
            if (states.Length > 0)
                ArrayPool<float>.Shared.Return(states);
        }
    }
}
