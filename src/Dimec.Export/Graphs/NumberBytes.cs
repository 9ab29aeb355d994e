using System.Numerics.Tensors;
using Dimec.Onnx.Writing;

namespace Dimec.Export.Graphs;

/// <summary>A checkpoint's numbers as the bytes of a tensor.</summary>
internal static class NumberBytes
{
    /// <summary>The bytes of fp32 numbers as fp32 or fp16.</summary>
    public static ReadOnlyMemory<byte> Of(float[] values, ElementType type)
    {
        if (type == ElementType.Float)
            return TensorBytes.Of(values);
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        return TensorBytes.Of(halves);
    }
}
