using System.Collections.ObjectModel;
using System.Runtime.InteropServices;

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

    /// <summary>
    /// Parameters of the tensor, e.g. MLServer's <c>content_type</c>, by which its elements may stand for
    /// something else than its type says.
    /// </summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; private init; } = ReadOnlyDictionary<string, ParameterValue>.Empty;

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
            throw new ProtocolException(
                $"'{name}' has the shape {TensorShape.Format(shape)} of {DataTypes.NameOf(type)}, "
                + $"which takes {(long)count * DataTypes.SizeOf(type)} bytes, but came with {raw.Length}");
        return new Tensor(name, type, shape, count, raw);
    }

    /// <summary>
    /// A tensor of numbers or truth values: bool is BOOL, sbyte to long INT8 to INT64, byte to ulong UINT8 to UINT64, Half FP16, float
    /// FP32, double FP64. (BF16 has no type in .NET: <see cref="FromRaw"/> takes it.)
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its elements, row-major; they are copied.</param>
    /// <exception cref="ProtocolException">The shape is impossible or of another number of elements.</exception>
    /// <exception cref="NotSupportedException">The protocol has no such element type.</exception>
    public static Tensor From<T>(string name, long[] shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var type = DataTypes.Of<T>();
        return FromRaw(name, type, shape, LittleEndian(MemoryMarshal.AsBytes(values).ToArray(), DataTypes.SizeOf(type)));
    }

    /// <summary>A tensor of BYTES that are text.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its elements, row-major.</param>
    /// <exception cref="ProtocolException">The shape is impossible or of another number of elements.</exception>
    public static Tensor FromStrings(string name, long[] shape, IReadOnlyList<string> values)
        => FromRaw(name, DataType.Bytes, shape, BytesCodec.Encode(values));

    /// <summary>A tensor of BYTES, e.g. encoded images.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its elements, row-major; they are copied.</param>
    /// <exception cref="ProtocolException">The shape is impossible or of another number of elements.</exception>
    public static Tensor FromBytes(string name, long[] shape, IReadOnlyList<ReadOnlyMemory<byte>> values)
        => FromRaw(name, DataType.Bytes, shape, BytesCodec.Join(values));

    /// <summary>The same tensor with other parameters.</summary>
    /// <param name="parameters">Its parameters.</param>
    public Tensor With(IReadOnlyDictionary<string, ParameterValue> parameters) =>
        new(Name, Type, Shape, Count, Raw) { Parameters = parameters };

    /// <summary>The elements, in the type of .NET that <see cref="From"/> takes for the tensor's.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <exception cref="ProtocolException">The tensor is of another type.</exception>
    /// <exception cref="NotSupportedException">The protocol has no such element type.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        Require(DataTypes.Of<T>());
        var raw = LittleEndian(Raw.ToArray(), DataTypes.SizeOf(Type));
        // A truth value of .NET is 0 or 1; on the wire, whatever is not 0 is true.
        for (var i = 0; Type == DataType.Bool && i < raw.Length; i++)
            raw[i] = raw[i] == 0 ? (byte)0 : (byte)1;
        return MemoryMarshal.Cast<byte, T>(raw).ToArray();
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

    /// <summary>The elements of BYTES, whatever they are; they share the tensor's bytes.</summary>
    /// <exception cref="ProtocolException">The tensor is of another type.</exception>
    public ReadOnlyMemory<byte>[] ToBytes()
    {
        Require(DataType.Bytes);
        return BytesCodec.Split(Name, Raw, Count);
    }

    private void Require(DataType type)
    {
        if (Type != type)
            throw new ProtocolException($"'{Name}' has the datatype {DataTypes.NameOf(Type)}; the model takes {DataTypes.NameOf(type)}");
    }

    /// <summary>Turns the bytes of each element around where this machine has them the other way.</summary>
    private static byte[] LittleEndian(byte[] raw, int size)
    {
        for (var i = 0; !BitConverter.IsLittleEndian && i < raw.Length; i += size)
            raw.AsSpan(i, size).Reverse();
        return raw;
    }
}
