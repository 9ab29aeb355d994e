using System.Buffers;

namespace Dimec.Inference.Batching;

/// <summary>Rows of different lengths as one batch, in borrowed arrays.</summary>
internal sealed class PaddedRows : IDisposable
{
    private readonly List<long[]> _rented = [];
    private readonly float[] _hidden = [];

    /// <param name="rows">The rows, at least one.</param>
    /// <param name="shape">What the model takes.</param>
    /// <param name="fromIds">Whether the rows' ids are run; else their hidden states.</param>
    public PaddedRows(IReadOnlyList<TierRow> rows, ModelShape shape, bool fromIds)
    {
        var length = rows.Max(row => row.Length);
        var input = new TierInput(rows.Count, length, Padded(row => row.Mask, 0));
        if (fromIds)
        {
            Input = input with
            {
                Ids = Padded(row => row.Ids, shape.PadId),
                Types = shape.UsesTokenTypes ? Padded(row => row.Types, 0) : default,
            };
            return;
        }

        var size = length * shape.HiddenSize;
        _hidden = ArrayPool<float>.Shared.Rent(rows.Count * size);
        for (var i = 0; i < rows.Count; i++)
        {
            var place = _hidden.AsSpan(i * size, size);
            rows[i].Hidden.Span.CopyTo(place);
            place[rows[i].Hidden.Length..].Clear();
        }

        Input = input with { Hidden = _hidden.AsMemory(0, rows.Count * size) };

        Memory<long> Padded(Func<TierRow, ReadOnlyMemory<long>> values, long fill)
        {
            var array = ArrayPool<long>.Shared.Rent(rows.Count * length);
            _rented.Add(array);
            for (var i = 0; i < rows.Count; i++)
            {
                var row = values(rows[i]).Span;
                var place = array.AsSpan(i * length, length);
                row.CopyTo(place);
                place[row.Length..].Fill(fill);
            }

            return array.AsMemory(0, rows.Count * length);
        }
    }

    /// <summary>The batch; gone with this.</summary>
    public TierInput Input { get; }

    public void Dispose()
    {
        foreach (var array in _rented)
            ArrayPool<long>.Shared.Return(array);
        if (_hidden.Length > 0)
            ArrayPool<float>.Shared.Return(_hidden);
    }
}
