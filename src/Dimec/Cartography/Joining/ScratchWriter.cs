using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dimec.Cartography;

/// <summary>Gathers records for a scratch stream that several threads write to; a record is never torn.</summary>
internal sealed class ScratchWriter(Stream stream)
{
    private byte[] _buffer = new byte[1 << 13];
    private int _length;

    public void Write<T>(in T header, ReadOnlySpan<byte> first, ReadOnlySpan<float> second)
        where T : struct
    {
        var head = Unsafe.SizeOf<T>();
        var tail = MemoryMarshal.AsBytes(second);
        var size = head + first.Length + tail.Length;
        if (_length + size > _buffer.Length)
        {
            Flush();
            if (size > _buffer.Length)
                _buffer = new byte[size];
        }

        var free = _buffer.AsSpan(_length);
        MemoryMarshal.Write(free, in header);
        first.CopyTo(free[head..]);
        tail.CopyTo(free[(head + first.Length)..]);
        _length += size;
    }

    public void Flush()
    {
        lock (stream)
            stream.Write(_buffer, 0, _length);
        _length = 0;
    }
}
