using System.Runtime.InteropServices;
using Dimec.Onnx.Format;

namespace Dimec.Onnx.Reading;

/// <summary>Turns an initializer into an fp32 tensor.</summary>
internal static class InitializerReader
{
    public static bool IsFloat(TensorProto tensor) =>
        (TensorProto.Types.DataType)tensor.DataType is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Float16;

    public static OnnxTensor Read(TensorProto tensor)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            throw new OnnxFormatException("keeps its values in another file", "export the model with its weights inside", tensor.Name);
        var count = tensor.Dims.Aggregate(1m, (product, dimension) => product * dimension);
        if (tensor.Dims.Any(dimension => dimension is < 0 or > int.MaxValue) || count > Array.MaxLength)
        {
            throw new OnnxFormatException(
                $"has the impossible shape [{string.Join(", ", tensor.Dims)}]", "export the model again", tensor.Name);
        }

        var values = new float[(int)count];
        if (!TryRead(tensor, values))
        {
            throw new OnnxFormatException(
                $"has not the {count} values that its shape [{string.Join(", ", tensor.Dims)}] takes", "export the model again",
                tensor.Name);
        }

        return new OnnxTensor(tensor.Name, [.. tensor.Dims.Select(dimension => (int)dimension)], values);
    }

    private static bool TryRead(TensorProto tensor, float[] values)
    {
        var raw = tensor.RawData.Span;
        if (tensor.DataType == (int)TensorProto.Types.DataType.Float16)
        {
            if (raw.Length != 2 * values.Length)
                return false;
            var halves = MemoryMarshal.Cast<byte, Half>(raw);
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)halves[i];
            return true;
        }

        if (raw.IsEmpty && tensor.FloatData.Count == values.Length)
        {
            tensor.FloatData.CopyTo(values, 0);
            return true;
        }

        return raw.Length == 4 * values.Length && MemoryMarshal.Cast<byte, float>(raw).TryCopyTo(values);
    }
}
