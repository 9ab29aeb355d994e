using System.Buffers;
using Dimec.Text;

namespace Dimec.Inference;

/// <summary>Encodings of different lengths as one batch, in borrowed arrays.</summary>
internal sealed class PaddedBatch : IDisposable
{
    private readonly long[] _ids;
    private readonly long[] _mask;
    private readonly long[] _types;
    private readonly int _size;

    public PaddedBatch(IReadOnlyList<TokenizedText> encodings, int length, int padId, bool types)
    {
        _size = encodings.Count * length;
        _ids = Rent(padId);
        _mask = Rent(0);
        _types = types ? Rent(0) : [];
        for (var row = 0; row < encodings.Count; row++)
        {
            var encoding = encodings[row];
            for (var i = 0; i < encoding.Ids.Length; i++)
            {
                _ids[(row * length) + i] = encoding.Ids[i];
                _mask[(row * length) + i] = 1;
                if (types)
                    _types[(row * length) + i] = encoding.TypeIds[i];
            }
        }
    }

    public Memory<long> Ids => _ids.AsMemory(0, _size);

    public Memory<long> Mask => _mask.AsMemory(0, _size);

    /// <summary>Empty where the model takes none.</summary>
    public Memory<long> Types => _types.AsMemory(0, Math.Min(_size, _types.Length));

    public void Dispose()
    {
        ArrayPool<long>.Shared.Return(_ids);
        ArrayPool<long>.Shared.Return(_mask);
        if (_types.Length > 0)
            ArrayPool<long>.Shared.Return(_types);
    }

    private long[] Rent(long fill)
    {
        var array = ArrayPool<long>.Shared.Rent(_size);
        array.AsSpan(0, _size).Fill(fill);
        return array;
    }
}
