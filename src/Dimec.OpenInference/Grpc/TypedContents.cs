using System.Buffers.Binary;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Grpc;

/// <summary>The typed values of gRPC, turned into a tensor's raw form.</summary>
internal static class TypedContents
{
    /// <summary>How many values the message carries, in all of its fields.</summary>
    public static long CountAll(InferTensorContents? contents) => contents is null
        ? 0
        : (long)contents.BoolContents.Count + contents.IntContents.Count + contents.Int64Contents.Count + contents.UintContents.Count
          + contents.Uint64Contents.Count + contents.Fp32Contents.Count + contents.Fp64Contents.Count + contents.BytesContents.Count;

    /// <summary>The values in raw form.</summary>
    /// <exception cref="ProtocolException">The values are in another field than the type's, do not fit it,
    /// or are not as many as the shape says.</exception>
    public static byte[] ToRaw(string tensor, DataType type, ReadOnlySpan<long> shape, InferTensorContents? contents)
    {
        var count = TensorShape.Count(tensor, shape);
        contents ??= new InferTensorContents();
        var (field, found) = FieldOf(tensor, type, contents);
        if (CountAll(contents) != found)
            throw new ProtocolException($"'{tensor}' is {DataTypes.NameOf(type)}: its values belong into {field} and no other field");
        if (found != count)
        {
            throw new ProtocolException(
                $"'{tensor}' has the shape {TensorShape.Format(shape)}, which is {count} elements, but {field} holds {found}");
        }

        if (type == DataType.Bytes)
            return BytesCodec.Join([.. contents.BytesContents.Select(element => element.Memory)]);
        var size = DataTypes.SizeOf(type);
        var raw = new byte[TensorShape.Bytes(tensor, shape, type)];
        for (var i = 0; i < count; i++)
            Write(tensor, type, contents, i, raw.AsSpan(i * size, size));
        return raw;
    }

    private static (string Field, int Count) FieldOf(string tensor, DataType type, InferTensorContents contents) => type switch
    {
        DataType.Bool => ("bool_contents", contents.BoolContents.Count),
        DataType.Int8 or DataType.Int16 or DataType.Int32 => ("int_contents", contents.IntContents.Count),
        DataType.Int64 => ("int64_contents", contents.Int64Contents.Count),
        DataType.UInt8 or DataType.UInt16 or DataType.UInt32 => ("uint_contents", contents.UintContents.Count),
        DataType.UInt64 => ("uint64_contents", contents.Uint64Contents.Count),
        DataType.Float32 => ("fp32_contents", contents.Fp32Contents.Count),
        DataType.Float64 => ("fp64_contents", contents.Fp64Contents.Count),
        DataType.Bytes => ("bytes_contents", contents.BytesContents.Count),
        _ => throw new ProtocolException($"'{tensor}' is {DataTypes.NameOf(type)}, which travels as raw bytes only"),
    };

    private static void Write(string tensor, DataType type, InferTensorContents contents, int index, Span<byte> to)
    {
        try
        {
            switch (type)
            {
                case DataType.Bool: to[0] = contents.BoolContents[index] ? (byte)1 : (byte)0; break;
                case DataType.Int8: to[0] = unchecked((byte)checked((sbyte)contents.IntContents[index])); break;
                case DataType.Int16: BinaryPrimitives.WriteInt16LittleEndian(to, checked((short)contents.IntContents[index])); break;
                case DataType.Int32: BinaryPrimitives.WriteInt32LittleEndian(to, contents.IntContents[index]); break;
                case DataType.Int64: BinaryPrimitives.WriteInt64LittleEndian(to, contents.Int64Contents[index]); break;
                case DataType.UInt8: to[0] = checked((byte)contents.UintContents[index]); break;
                case DataType.UInt16: BinaryPrimitives.WriteUInt16LittleEndian(to, checked((ushort)contents.UintContents[index])); break;
                case DataType.UInt32: BinaryPrimitives.WriteUInt32LittleEndian(to, contents.UintContents[index]); break;
                case DataType.UInt64: BinaryPrimitives.WriteUInt64LittleEndian(to, contents.Uint64Contents[index]); break;
                case DataType.Float32: BinaryPrimitives.WriteSingleLittleEndian(to, contents.Fp32Contents[index]); break;
                case DataType.Float64: BinaryPrimitives.WriteDoubleLittleEndian(to, contents.Fp64Contents[index]); break;
                default: throw new ArgumentOutOfRangeException(nameof(type), type, null);
            }
        }
        catch (OverflowException)
        {
            throw new ProtocolException($"value {index} of '{tensor}' does not fit {DataTypes.NameOf(type)}");
        }
    }
}
