using System.Buffers;
using Dimec.Inference.Protocol;
using Dimec.Serving.Held;

namespace Dimec.Serving.Rest;

/// <summary>A body while it arrives. Grows with what is there and not with what is announced, and takes its room before it grows.</summary>
/// <param name="held">Whose body it is.</param>
/// <param name="besides">Bytes that are held besides it.</param>
/// <param name="announced">The length that the sender announced; null: none.</param>
/// <param name="most">The longest body, in bytes.</param>
internal sealed class BodyBuffer(HeldRequest held, long besides, long? announced, int most)
{
    private const int Least = 4096;

    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

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
        if (_length == _bytes.Length)
            Grow();
        return _bytes.AsMemory(_length);
    }

    /// <summary>Says how much of the room was filled.</summary>
    /// <exception cref="ProtocolException">The body is longer than it may be.</exception>
    public void Advance(int count)
    {
        _length += count;
        if (_length > most)
            throw TooLarge(most);
    }

    public static ProtocolException TooLarge(int most)
        => new($"the body is larger than the {most} bytes that this tier takes; send fewer rows in a request");

    private void Grow()
    {
        // One byte beyond the end is where it shows that there is more, or no more.
        var limit = announced < most && _length <= announced ? announced.Value + 1 : most + 1L;
        var size = (int)Math.Min(Math.Max(Least, 2L * _bytes.Length), limit);
        held.Hold(besides + size);
        Array.Resize(ref _bytes, size);
    }
}
