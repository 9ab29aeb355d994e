namespace Dimec.Onnx.Writing;

/// <summary>Numbers as the bytes of a tensor: little-endian, as every processor that .NET runs on has them.</summary>
public static class TensorBytes
{
    /// <summary>The bytes of an array, which is not copied.</summary>
    /// <param name="values">The numbers; they must stay as they are until the bytes are written.</param>
    /// <typeparam name="T">Their type.</typeparam>
    public static ReadOnlyMemory<byte> Of<T>(T[] values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ArrayBytes<T>(values).Memory;
    }
}
