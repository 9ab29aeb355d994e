namespace Dimec.OpenInference.Tensors;

/// <summary>The one table of what each element type is called on the wire and how many bytes it takes there.</summary>
public static class DataTypes
{
    private static readonly (DataType Type, string Name, int Size)[] _table =
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
    public static string NameOf(DataType type) => _table[(int)type].Name;

    /// <summary>Bytes an element; 0 for BYTES, whose elements carry their own length.</summary>
    public static int SizeOf(DataType type) => _table[(int)type].Size;

    /// <summary>The type of a name on the wire.</summary>
    /// <exception cref="ProtocolException">No such type.</exception>
    public static DataType Parse(string name)
    {
        foreach (var row in _table)
        {
            if (row.Name == name)
                return row.Type;
        }

        throw new ProtocolException($"the datatype '{Shorten(name)}' is not one of {string.Join(", ", _table.Select(row => row.Name))}");
    }

    private static string Shorten(string name) => name.Length <= 32 ? name : string.Concat(name.AsSpan(0, 32), "…");
}
