using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Dimec.Checkpoints.Onnx;

/// <summary>Turns an initializer into an fp32 tensor.</summary>
internal static class OnnxTensorReader
{
    public static bool IsFloat(TensorProto tensor) =>
        (TensorProto.Types.DataType)tensor.DataType is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Float16;

    public static WeightTensor Read(TensorProto tensor, string name, string where)
    {
        var at = $"{where} tensor {tensor.Name}";
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            throw new InputException(at, "keeps its values in another file", "export the model with its weights inside");
        var count = tensor.Dims.Aggregate(1m, (product, dimension) => product * dimension);
        if (tensor.Dims.Any(dimension => dimension is < 0 or > int.MaxValue) || count > Array.MaxLength)
            throw new InputException(at, $"has the impossible shape [{string.Join(", ", tensor.Dims)}]", "export the model again");
        var values = new float[(int)count];
        if (!TryRead(tensor, values))
            throw new InputException(at, $"has not the {count} values that its shape [{string.Join(", ", tensor.Dims)}] takes", "export the model again");
        return new WeightTensor(name, [.. tensor.Dims.Select(dimension => (int)dimension)], values);
    }

    private static bool TryRead(TensorProto tensor, float[] values)
    {
        var raw = tensor.RawData.Span;
        if (tensor.DataType == (int)TensorProto.Types.DataType.Float16)
        {
            if (raw.Length != 2 * values.Length)
                return false;
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(raw), values);
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
