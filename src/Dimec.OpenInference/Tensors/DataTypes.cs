namespace Dimec.OpenInference.Tensors;

/// <summary>The one table of what each element type is called on the wire and how many bytes it takes there.</summary>
public static class DataTypes
{
    private static readonly (DataType Type, string Name, int Size)[] s_table =
    [
        (DataType.Bool, "BOOL", 1),
        (DataType.UInt8, "UINT8", 1),
        (DataType.UInt16, "UINT16", 2),
        (DataType.UInt32, "UINT32", 4),
        (DataType.UInt64, "UINT64", 8),
        (DataType.Int8, "INT8", 1),
        (DataType.Int16, "INT16", 2),
        (DataType.Int32, "INT32", 4),
        (DataType.Int64, "INT64", 8),
        (DataType.Float16, "FP16", 2),
        (DataType.BFloat16, "BF16", 2),
        (DataType.Float32, "FP32", 4),
        (DataType.Float64, "FP64", 8),
        (DataType.Bytes, "BYTES", 0),
    ];

    /// <summary>The name on the wire, e.g. <c>INT64</c>.</summary>
    public static string NameOf(DataType type) => s_table[(int)type].Name;

    /// <summary>Bytes an element; 0 for BYTES, whose elements carry their own length.</summary>
    public static int SizeOf(DataType type) => s_table[(int)type].Size;

    /// <summary>The type of a name on the wire.</summary>
    /// <exception cref="ProtocolException">No such type.</exception>
    public static DataType Parse(string name)
    {
        foreach (var row in s_table)
        {
            if (row.Name == name)
                return row.Type;
        }

        throw new ProtocolException($"the datatype '{Shorten(name)}' is not one of {string.Join(", ", s_table.Select(row => row.Name))}");
    }

    /// <summary>The type of the elements that .NET has in this one.</summary>
    /// <typeparam name="T">The type of .NET.</typeparam>
    /// <exception cref="NotSupportedException">The protocol has none.</exception>
    public static DataType Of<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(bool))
            return DataType.Bool;
        if (typeof(T) == typeof(byte))
            return DataType.UInt8;
        if (typeof(T) == typeof(ushort))
            return DataType.UInt16;
        if (typeof(T) == typeof(uint))
            return DataType.UInt32;
        if (typeof(T) == typeof(ulong))
            return DataType.UInt64;
        if (typeof(T) == typeof(sbyte))
            return DataType.Int8;
        if (typeof(T) == typeof(short))
            return DataType.Int16;
        if (typeof(T) == typeof(int))
            return DataType.Int32;
        if (typeof(T) == typeof(long))
            return DataType.Int64;
        if (typeof(T) == typeof(Half))
            return DataType.Float16;
        if (typeof(T) == typeof(float))
            return DataType.Float32;
        if (typeof(T) == typeof(double))
            return DataType.Float64;
        throw new NotSupportedException($"the protocol has no elements of {typeof(T).Name}");
    }

    private static string Shorten(string name) => name.Length <= 32 ? name : string.Concat(name.AsSpan(0, 32), "…");
}
