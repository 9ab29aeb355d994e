using System.Buffers.Binary;

namespace Dimec.OpenInference.Tensors;

/// <summary>
/// A tensor in its raw form, whichever way it travelled: row-major, little-endian, BYTES elements each behind a 4-byte length.
/// </summary>
public sealed class Tensor
{
    private Tensor(string name, DataType type, long[] shape, int count, ReadOnlyMemory<byte> raw)
        => (Name, Type, Shape, Count, Raw) = (name, type, shape, count, raw);

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public DataType Type { get; }

    /// <summary>Its shape: no dimension is negative, none at all is a single element.</summary>
    public long[] Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Count { get; }

    /// <summary>The elements; as many bytes as the shape says.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>A tensor from raw bytes that came from elsewhere.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="raw">Its elements in raw form; they are not copied.</param>
    /// <exception cref="ProtocolException">The shape is impossible or the bytes are more or fewer than it says.</exception>
    public static Tensor FromRaw(string name, DataType type, long[] shape, ReadOnlyMemory<byte> raw)
    {
        var count = TensorShape.Count(name, shape);
        if (type == DataType.Bytes)
            BytesCodec.Validate(name, raw.Span, count);
        else if (raw.Length != (long)count * DataTypes.SizeOf(type))
            throw new ProtocolException($"'{name}' has the shape {TensorShape.Format(shape)} of {DataTypes.NameOf(type)}, which takes {(long)count * DataTypes.SizeOf(type)} bytes, but came with {raw.Length}");
        return new Tensor(name, type, shape, count, raw);
    }

    /// <summary>A tensor of INT64.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its elements, row-major.</param>
    /// <exception cref="ProtocolException">The shape is impossible or of another number of elements.</exception>
    public static Tensor FromInt64(string name, long[] shape, ReadOnlySpan<long> values)
    {
        var raw = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(i * sizeof(long)), values[i]);
        return FromRaw(name, DataType.Int64, shape, raw);
    }

    /// <summary>A tensor of FP32.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its elements, row-major.</param>
    /// <exception cref="ProtocolException">The shape is impossible or of another number of elements.</exception>
    public static Tensor FromFloat32(string name, long[] shape, ReadOnlySpan<float> values)
    {
        var raw = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), values[i]);
        return FromRaw(name, DataType.Float32, shape, raw);
    }

    /// <summary>A tensor of BYTES that are text.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its elements, row-major.</param>
    /// <exception cref="ProtocolException">The shape is impossible or of another number of elements.</exception>
    public static Tensor FromStrings(string name, long[] shape, IReadOnlyList<string> values)
        => FromRaw(name, DataType.Bytes, shape, BytesCodec.Encode(values));

    /// <summary>The elements of a tensor of INT64.</summary>
    /// <exception cref="ProtocolException">The tensor is of another type.</exception>
    public long[] ToInt64()
    {
        Require(DataType.Int64);
        var values = new long[Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(Raw.Span[(i * sizeof(long))..]);
        return values;
    }

    /// <summary>The elements of a tensor of FP32.</summary>
    /// <exception cref="ProtocolException">The tensor is of another type.</exception>
    public float[] ToFloat32()
    {
        Require(DataType.Float32);
        var values = new float[Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(Raw.Span[(i * sizeof(float))..]);
        return values;
    }

    /// <summary>The elements as text.</summary>
    /// <exception cref="ProtocolException">The tensor is of another type, or an element is not UTF-8.</exception>
    public string[] ToStrings() => [.. Texts()];

    /// <summary>The elements as text, checked now and each made when it is asked for.</summary>
    /// <exception cref="ProtocolException">The tensor is of another type, or an element is not UTF-8.</exception>
    public IEnumerable<string> Texts()
    {
        Require(DataType.Bytes);
        BytesCodec.RequireText(Name, Raw.Span, Count);
        return BytesCodec.Decode(Name, Raw, Count);
    }

    private void Require(DataType type)
    {
        if (Type != type)
            throw new ProtocolException($"'{Name}' has the datatype {DataTypes.NameOf(Type)}; the model takes {DataTypes.NameOf(type)}");
    }
}
