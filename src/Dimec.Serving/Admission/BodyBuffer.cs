using System.Buffers;
using Dimec.OpenInference;

namespace Dimec.Serving.Admission;

/// <summary>
/// A body while it arrives or is decompressed: in pieces that are borrowed, so that it grows with what is there and not with what is
/// announced, and leaves no copies behind that wait for a collection. Takes its room before it grows.
/// </summary>
/// <param name="inFlight">Whose body it is.</param>
/// <param name="most">The longest body, in bytes.</param>
/// <param name="tooLarge">The refusal of a longer one.</param>
internal sealed class BodyBuffer(InFlightRequest inFlight, int most, Func<int, ProtocolException> tooLarge) : IDisposable
{
    private const int Least = 4096;
    private const int Largest = 65_536;

    private readonly List<byte[]> _pieces = [];
    private int _inLast;
    private long _room;

    /// <summary>How many bytes it has.</summary>
    public int Length { get; private set; }

    /// <summary>Adds bytes.</summary>
    /// <exception cref="ProtocolException">The body is longer than it may be, or the tier has no room left.</exception>
    public void Write(ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            for (var rest = segment.Span; !rest.IsEmpty;)
            {
                var space = Space().Span;
                var part = rest[..Math.Min(rest.Length, space.Length)];
                part.CopyTo(space);
                Advance(part.Length);
                rest = rest[part.Length..];
            }
        }
    }

    /// <summary>Room for one byte or more.</summary>
    /// <exception cref="ProtocolException">The tier has no room left.</exception>
    public Memory<byte> Space()
    {
        if (_pieces.Count == 0 || _inLast == SizeOf(_pieces.Count - 1))
        {
            var size = SizeOf(_pieces.Count);
            inFlight.Change(size);
            _room += size;
            _pieces.Add(ArrayPool<byte>.Shared.Rent(size));
            _inLast = 0;
        }

        return _pieces[^1].AsMemory(_inLast, SizeOf(_pieces.Count - 1) - _inLast);
    }

    /// <summary>Says how much of the room was filled.</summary>
    /// <exception cref="ProtocolException">The body is longer than it may be.</exception>
    public void Advance(int count)
    {
        _inLast += count;
        Length += count;
        if (Length > most)
            throw tooLarge(most);
    }

    /// <summary>The first bytes.</summary>
    /// <param name="start">Gets them; no more than a piece has.</param>
    public void CopyTo(Span<byte> start) => _pieces[0].AsSpan(0, start.Length).CopyTo(start);

    /// <summary>All of it in one, of which the buffer is then empty.</summary>
    /// <param name="before">How many bytes to leave free at the start.</param>
    /// <exception cref="ProtocolException">The tier has no room left.</exception>
    public byte[] Take(int before = 0)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(before + Length);
        var place = before;
        for (var i = 0; i < _pieces.Count; i++)
        {
            var count = Math.Min(SizeOf(i), bytes.Length - place);
            _pieces[i].AsSpan(0, count).CopyTo(bytes.AsSpan(place));
            place += count;
        }

        var room = _room;
        Release();
        inFlight.Change(bytes.Length - room);
        return bytes;
    }

    /// <summary>Gives back what was borrowed.</summary>
    public void Dispose()
    {
        var room = _room;
        Release();
        inFlight.Change(-room);
    }

    /// <summary>Twice the one before: most bodies are small.</summary>
    private static int SizeOf(int piece) => piece < 4 ? Least << piece : Largest;

    private void Release()
    {
        _pieces.ForEach(piece => ArrayPool<byte>.Shared.Return(piece));
        _pieces.Clear();
        (_inLast, _room, Length) = (0, 0, 0);
    }
}
