using System.Buffers;
using Dimec.Inference.Batching;
using Dimec.Serving.Backends;

namespace Dimec.Serving.Scheduling;

/// <summary>
/// Runs rows of any lengths on a backend: cuts them into batches of like length within the limits of a run, and pads those.
/// </summary>
/// <param name="backend">What computes.</param>
/// <param name="maxRows">The most rows of a run.</param>
/// <param name="maxTokens">The most rows × padded length of a run.</param>
internal sealed class BatchRunner(ITierBackend backend, int maxRows, int maxTokens)
{
    private readonly int _classes = backend.Description.Labels.Count;

    /// <summary>The logits, rows × classes, in the order of the rows.</summary>
    /// <exception cref="InputException">A value is out of range.</exception>
    public float[] Run(IReadOnlyList<TokenRow> rows)
    {
        var logits = new float[rows.Count * _classes];
        foreach (var places in LengthBatches.Of([.. Enumerable.Range(0, rows.Count)], place => rows[place].Length, maxRows, maxTokens))
        {
            var answers = Run(rows, places);
            for (var i = 0; i < places.Length; i++)
                answers.AsSpan(i * _classes, _classes).CopyTo(logits.AsSpan(places[i] * _classes));
        }

        return logits;
    }

    private float[] Run(IReadOnlyList<TokenRow> rows, int[] places)
    {
        // Sorted by length.
        var length = rows[places[^1]].Length;
        var size = places.Length * length;
        var usesTypes = backend.Description.UsesTokenTypes;
        var (ids, mask, types) = (Rent(size), Rent(size), Rent(usesTypes ? size : 0));
        try
        {
            for (var i = 0; i < places.Length; i++)
            {
                var (row, start) = (rows[places[i]], i * length);
                Pad(row.Ids.Span, ids.AsSpan(start, length), backend.Description.PadId);
                Pad(row.Mask.Span, mask.AsSpan(start, length), 0);
                if (usesTypes)
                    Pad(row.Types.Span, types.AsSpan(start, length), 0);
            }

            var logits = new float[places.Length * _classes];
            backend.Run(
                ids.AsMemory(0, size), mask.AsMemory(0, size), types.AsMemory(0, usesTypes ? size : 0), places.Length, length, logits);
            return logits;
        }
        finally
        {
            Return(ids);
            Return(mask);
            Return(types);
        }
    }

    private static long[] Rent(int size) => ArrayPool<long>.Shared.Rent(size);

    private static void Return(long[] array)
    {
        if (array.Length > 0)
            ArrayPool<long>.Shared.Return(array);
    }

    private static void Pad(ReadOnlySpan<long> values, Span<long> padded, long fill)
    {
        values.CopyTo(padded);
        padded[values.Length..].Fill(fill);
    }
}
