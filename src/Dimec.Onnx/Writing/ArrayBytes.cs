using System.Buffers;
using System.Runtime.InteropServices;

namespace Dimec.Onnx.Writing;

/// <summary>
/// Shows an array of numbers as bytes without copying it: a checkpoint's weights go to the file once, and a large one needs no second copy
/// in memory. The array is managed and never pinned by the writer, so there is nothing to release.
/// </summary>
internal sealed class ArrayBytes<T>(T[] values) : MemoryManager<byte>
    where T : unmanaged
{
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(values.AsSpan());

    public override MemoryHandle Pin(int elementIndex = 0) =>
        throw new NotSupportedException("The protobuf writer reads spans; nothing pins this memory.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
