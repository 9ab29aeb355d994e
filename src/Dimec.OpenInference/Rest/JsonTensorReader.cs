using System.Buffers.Binary;
using System.Text.Json;
using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference.Rest;

/// <summary>A tensor's JSON values (nested as the shape says, or flat), turned into its raw form.</summary>
internal static class JsonTensorReader
{
    /// <summary>The values in raw form.</summary>
    /// <param name="tensor">The tensor's name, for messages.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="json">The JSON of its <c>data</c>.</param>
    /// <exception cref="ProtocolException">The values are not what shape and type say.</exception>
    public static ReadOnlyMemory<byte> ToRaw(string tensor, DataType type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> json)
    {
        var count = TensorShape.Count(tensor, shape);
        if (type is DataType.Float16 or DataType.BFloat16)
            throw new ProtocolException($"'{tensor}' is {DataTypes.NameOf(type)}, which travels as raw bytes only");
        // An element takes a character at least: what cannot fit is refused before memory is set aside for it.
        if (count > json.Length)
        {
            throw new ProtocolException(
                $"'{tensor}' has the shape {TensorShape.Format(shape)}, which is more elements than its data holds");
        }

        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new ProtocolException($"the data of '{tensor}' is not an array");
        // Escapes only shrink, and so all that the elements of BYTES can take is known before.
        var bytes = type == DataType.Bytes ? json.Length + ((long)count * BytesCodec.PrefixLength) : TensorShape.Bytes(tensor, shape, type);
        if (bytes > Array.MaxLength)
        {
            throw new ProtocolException(
                $"'{tensor}' has the shape {TensorShape.Format(shape)}, which is too much for one request; send fewer rows in a request");
        }

        var values = new JsonValues(tensor, type, count, (int)bytes);
        var nested = IsNested(reader);
        if (nested)
            ReadNested(ref reader, values, shape);
        else
            ReadFlat(ref reader, values);
        return values.ToRaw(TensorShape.Format(shape));
    }

    // The reader is a struct: looking ahead on a copy leaves the original where it is.
    private static bool IsNested(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartArray;

    private static void ReadFlat(ref Utf8JsonReader reader, JsonValues values)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            values.Add(ref reader);
    }

    private static void ReadNested(ref Utf8JsonReader reader, JsonValues values, ReadOnlySpan<long> shape)
    {
        if (shape.IsEmpty)
            throw new ProtocolException($"the data of '{values.Tensor}' is nested deeper than its shape");
        long length = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            length++;
            if (reader.TokenType == JsonTokenType.StartArray)
                ReadNested(ref reader, values, shape[1..]);
            else if (shape.Length == 1)
                values.Add(ref reader);
            else
                throw new ProtocolException($"the data of '{values.Tensor}' mixes values and arrays");
        }

        if (length != shape[0])
            throw new ProtocolException($"the data of '{values.Tensor}' has an array of {length} where its shape says {shape[0]}");
    }

    /// <summary>Collects values as raw bytes and refuses more than the shape has room for.</summary>
    private sealed class JsonValues(string tensor, DataType type, int count, int bytes)
    {
        private readonly byte[] _raw = new byte[bytes];
        private int _written;
        private int _found;

        public string Tensor => tensor;

        public void Add(ref Utf8JsonReader reader)
        {
            if (_found == count)
                throw new ProtocolException($"the data of '{tensor}' has more than the {count} elements of its shape");
            if (!TryWrite(ref reader, type == DataType.Bytes ? _raw.AsSpan(_written) : _raw.AsSpan(_written, DataTypes.SizeOf(type))))
                throw new ProtocolException($"element {_found} of '{tensor}' is not a value of {DataTypes.NameOf(type)}");
            _found++;
            _written += DataTypes.SizeOf(type);
        }

        public ReadOnlyMemory<byte> ToRaw(string shape)
        {
            if (_found != count)
                throw new ProtocolException($"'{tensor}' has the shape {shape}, which is {count} elements, but its data has {_found}");
            return _raw.AsMemory(0, _written);
        }

        private bool TryWrite(ref Utf8JsonReader reader, Span<byte> to)
        {
            switch (type, reader.TokenType)
            {
                case (DataType.Bool, JsonTokenType.True or JsonTokenType.False):
                    to[0] = reader.TokenType == JsonTokenType.True ? (byte)1 : (byte)0;
                    return true;
                case (DataType.Bytes, JsonTokenType.String):
                    return TryWriteText(ref reader, to);
                case (_, JsonTokenType.Number):
                    return TryWriteNumber(ref reader, to);
                default:
                    return false;
            }
        }

        private bool TryWriteText(ref Utf8JsonReader reader, Span<byte> to)
        {
            try
            {
                var length = reader.CopyString(to[BytesCodec.PrefixLength..]);
                BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)length);
                _written += BytesCodec.PrefixLength + length;
                return true;
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair, or bytes that are not UTF-8.
                return false;
            }
        }

        private bool TryWriteNumber(ref Utf8JsonReader reader, Span<byte> to)
        {
            switch (type)
            {
                case DataType.UInt8:
                    return reader.TryGetByte(out to[0]);
                case DataType.Int8 when reader.TryGetSByte(out var value):
                    to[0] = unchecked((byte)value);
                    return true;
                case DataType.UInt16 when reader.TryGetUInt16(out var value):
                    BinaryPrimitives.WriteUInt16LittleEndian(to, value);
                    return true;
                case DataType.Int16 when reader.TryGetInt16(out var value):
                    BinaryPrimitives.WriteInt16LittleEndian(to, value);
                    return true;
                case DataType.UInt32 when reader.TryGetUInt32(out var value):
                    BinaryPrimitives.WriteUInt32LittleEndian(to, value);
                    return true;
                case DataType.Int32 when reader.TryGetInt32(out var value):
                    BinaryPrimitives.WriteInt32LittleEndian(to, value);
                    return true;
                case DataType.UInt64 when reader.TryGetUInt64(out var value):
                    BinaryPrimitives.WriteUInt64LittleEndian(to, value);
                    return true;
                case DataType.Int64 when reader.TryGetInt64(out var value):
                    BinaryPrimitives.WriteInt64LittleEndian(to, value);
                    return true;
                case DataType.Float32 when reader.TryGetSingle(out var value) && float.IsFinite(value):
                    BinaryPrimitives.WriteSingleLittleEndian(to, value);
                    return true;
                case DataType.Float64 when reader.TryGetDouble(out var value) && double.IsFinite(value):
                    BinaryPrimitives.WriteDoubleLittleEndian(to, value);
                    return true;
                default:
                    return false;
            }
        }
    }
}
