namespace Dimec.OpenInference.Tensors;

/// <summary>The protocol's element types.</summary>
public enum DataType
{
    /// <summary>BOOL: a byte, 0 or 1.</summary>
    Bool,

    /// <summary>UINT8.</summary>
    UInt8,

    /// <summary>UINT16.</summary>
    UInt16,

    /// <summary>UINT32.</summary>
    UInt32,

    /// <summary>UINT64.</summary>
    UInt64,

    /// <summary>INT8.</summary>
    Int8,

    /// <summary>INT16.</summary>
    Int16,

    /// <summary>INT32.</summary>
    Int32,

    /// <summary>INT64.</summary>
    Int64,

    /// <summary>FP16: IEEE 754 binary16; travels as raw bytes only.</summary>
    Float16,

    /// <summary>BF16: the upper half of an FP32; travels as raw bytes only.</summary>
    BFloat16,

    /// <summary>FP32.</summary>
    Float32,

    /// <summary>FP64.</summary>
    Float64,

    /// <summary>BYTES: elements of any length; text is UTF-8.</summary>
    Bytes,
}
