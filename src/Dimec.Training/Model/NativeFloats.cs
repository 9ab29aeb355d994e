using System.Buffers;
using System.Runtime.InteropServices;

namespace Dimec.Training.Model;

/// <summary>fp32 memory outside the garbage-collected heap, where libtorch and our own loops can both work on it.</summary>
internal sealed unsafe class NativeFloats : MemoryManager<float>
{
    /// <summary>A cache line, and what the widest vector loads and BLAS prefer.</summary>
    public const int Alignment = 64;

    private readonly bool _owned;
    private float* _pointer;
    private int _length;

    /// <summary>Allocates zeros.</summary>
    public NativeFloats(int length)
    {
        _owned = true;
        _length = length;
        _pointer = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, length) * sizeof(float), Alignment);
        new Span<float>(_pointer, length).Clear();
    }

    /// <summary>Looks at memory that somebody else owns and keeps alive.</summary>
    public NativeFloats(float* pointer, int length)
    {
        _pointer = pointer;
        _length = length;
    }

    public int Length => _length;

    public float* Pointer => _pointer;

    public override Span<float> GetSpan() => new(_pointer, _length);

    public Span<float> Slice(int offset, int count) => GetSpan().Slice(offset, count);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_pointer + elementIndex);

    public override void Unpin()
    {
    }

    public void Free() => Dispose(true);

    protected override void Dispose(bool disposing)
    {
        if (_owned && _pointer is not null)
            NativeMemory.AlignedFree(_pointer);
        _pointer = null;
        _length = 0;
    }
}
