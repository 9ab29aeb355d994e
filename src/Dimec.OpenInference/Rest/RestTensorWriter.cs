using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Rest;

/// <summary>Writes a tensor into a REST body's JSON, with its data or with the size of its binary part.</summary>
internal static class RestTensorWriter
{
    /// <summary>Writes the tensor's object; binary data itself is the caller's to append.</summary>
    public static void WriteHeader(Utf8JsonWriter writer, Tensor tensor, bool binary)
    {
        writer.WriteStartObject();
        writer.WriteString("name", tensor.Name);
        writer.WriteString("datatype", DataTypes.NameOf(tensor.Type));
        writer.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
            writer.WriteNumberValue(size);
        writer.WriteEndArray();
        if (binary || tensor.Parameters.Count > 0)
        {
            writer.WriteStartObject("parameters");
            RestJson.WriteParameters(writer, tensor.Parameters);
            if (binary)
                writer.WriteNumber(RestNames.BinaryDataSize, tensor.Raw.Length);
            writer.WriteEndObject();
        }

        if (!binary)
        {
            writer.WriteStartArray("data");
            WriteData(writer, tensor);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter writer, Tensor tensor)
    {
        if (tensor.Type == DataType.Bytes)
        {
            foreach (var value in tensor.ToStrings())
                writer.WriteStringValue(value);
            return;
        }

        var size = DataTypes.SizeOf(tensor.Type);
        for (var raw = tensor.Raw.Span; raw.Length > 0; raw = raw[size..])
            WriteValue(writer, tensor, raw);
    }

    private static void WriteValue(Utf8JsonWriter writer, Tensor tensor, ReadOnlySpan<byte> raw)
    {
        switch (tensor.Type)
        {
            case DataType.Bool: writer.WriteBooleanValue(raw[0] != 0); break;
            case DataType.UInt8: writer.WriteNumberValue(raw[0]); break;
            case DataType.UInt16: writer.WriteNumberValue(BinaryPrimitives.ReadUInt16LittleEndian(raw)); break;
            case DataType.UInt32: writer.WriteNumberValue(BinaryPrimitives.ReadUInt32LittleEndian(raw)); break;
            case DataType.UInt64: writer.WriteNumberValue(BinaryPrimitives.ReadUInt64LittleEndian(raw)); break;
            case DataType.Int8: writer.WriteNumberValue(unchecked((sbyte)raw[0])); break;
            case DataType.Int16: writer.WriteNumberValue(BinaryPrimitives.ReadInt16LittleEndian(raw)); break;
            case DataType.Int32: writer.WriteNumberValue(BinaryPrimitives.ReadInt32LittleEndian(raw)); break;
            case DataType.Int64: writer.WriteNumberValue(BinaryPrimitives.ReadInt64LittleEndian(raw)); break;
            case DataType.Float32: writer.WriteNumberValue(Finite(tensor, BinaryPrimitives.ReadSingleLittleEndian(raw))); break;
            case DataType.Float64: writer.WriteNumberValue(Finite(tensor, BinaryPrimitives.ReadDoubleLittleEndian(raw))); break;
            default: throw new ProtocolException($"'{tensor.Name}' is {DataTypes.NameOf(tensor.Type)}, which travels as raw bytes only");
        }
    }

    private static T Finite<T>(Tensor tensor, T value)
        where T : INumberBase<T> => T.IsFinite(value)
        ? value
        : throw new ProtocolException($"'{tensor.Name}' has an element that is not a finite number, which JSON cannot say");
}
