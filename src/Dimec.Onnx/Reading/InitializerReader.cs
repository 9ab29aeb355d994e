using System.Runtime.InteropServices;
using Dimec.Onnx.Format;

namespace Dimec.Onnx.Reading;

/// <summary>Turns an initializer into an fp32 tensor.</summary>
internal static class InitializerReader
{
    /// <summary>What no exporter writes more of, and a sentence can show.</summary>
    private const int MostAxes = 32;

    public static bool IsFloat(TensorProto tensor) =>
        (TensorProto.Types.DataType)tensor.DataType is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Float16;

    public static OnnxTensor Read(TensorProto tensor)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            throw new OnnxFormatException("keeps its values in another file", "export the model with its weights inside", tensor.Name);
        if (tensor.Dims.Count > MostAxes)
        {
            throw new OnnxFormatException(
                $"has {tensor.Dims.Count} axes, and {MostAxes} are the most", "export the model again", tensor.Name);
        }

        if (tensor.Dims.Any(dimension => dimension is < 0 or > int.MaxValue) || CountOf(tensor) is not { } count)
        {
            throw new OnnxFormatException(
                $"has the impossible shape [{string.Join(", ", tensor.Dims)}]", "export the model again", tensor.Name);
        }

        // Before there is room for them: a shape of a few bytes can ask for gigabytes.
        if (Held(tensor) != count)
        {
            throw new OnnxFormatException(
                $"has not the {count} values that its shape [{string.Join(", ", tensor.Dims)}] takes", "export the model again",
                tensor.Name);
        }

        var values = new float[count];
        Fill(tensor, values);
        return new OnnxTensor(tensor.Name, [.. tensor.Dims.Select(dimension => (int)dimension)], values);
    }

    /// <summary>The product of its dimensions, none of which is negative; null where no array has so many.</summary>
    private static int? CountOf(TensorProto tensor)
    {
        // A 0 at the end makes a shape possible again.
        var count = 1L;
        foreach (var dimension in tensor.Dims)
            count = Math.Min(count * dimension, Array.MaxLength + 1L);
        return count <= Array.MaxLength ? (int)count : null;
    }

    /// <summary>How many values it holds; −1 where its bytes are no values.</summary>
    private static long Held(TensorProto tensor)
    {
        var size = SizeOf(tensor);
        if (IsListed(tensor))
            return tensor.FloatData.Count;
        return tensor.RawData.Length % size == 0 ? tensor.RawData.Length / size : -1;
    }

    private static void Fill(TensorProto tensor, float[] values)
    {
        var raw = tensor.RawData.Span;
        if (IsListed(tensor))
        {
            tensor.FloatData.CopyTo(values, 0);
        }
        else if (SizeOf(tensor) == sizeof(float))
        {
            MemoryMarshal.Cast<byte, float>(raw).CopyTo(values);
        }
        else
        {
            var halves = MemoryMarshal.Cast<byte, Half>(raw);
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)halves[i];
        }
    }

    private static bool IsListed(TensorProto tensor) => SizeOf(tensor) == sizeof(float) && tensor.RawData.IsEmpty;

    private static int SizeOf(TensorProto tensor) =>
        tensor.DataType == (int)TensorProto.Types.DataType.Float16 ? sizeof(ushort) : sizeof(float);
}
