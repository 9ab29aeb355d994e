using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dimec.Cartography;

/// <summary>Reads a scratch stream's records from its start.</summary>
internal sealed class ScratchReader
{
    private readonly Stream _stream;
    private byte[] _buffer;
    private int _start;
    private int _end;

    public ScratchReader(Stream stream, int bufferSize)
    {
        (_stream, _buffer) = (stream, new byte[bufferSize]);
        stream.Position = 0;
    }

    public bool TryRead<T>(out T header)
        where T : struct
    {
        var size = Unsafe.SizeOf<T>();
        if (!Ensure(size))
        {
            header = default;
            return false;
        }

        header = MemoryMarshal.Read<T>(Take(size));
        return true;
    }

    /// <summary>The next bytes; good until the next call.</summary>
    public ReadOnlySpan<byte> Read(int length) =>
        Ensure(length) ? Take(length) : throw new EndOfStreamException("A scratch file is shorter than it was written.");

    private ReadOnlySpan<byte> Take(int length)
    {
        _start += length;
        return _buffer.AsSpan(_start - length, length);
    }

    private bool Ensure(int length)
    {
        if (_end - _start >= length)
            return true;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (length > _buffer.Length)
            Array.Resize(ref _buffer, length);
        _end += _stream.ReadAtLeast(_buffer.AsSpan(_end), length - _end, throwOnEndOfStream: false);
        return _end >= length;
    }
}
