namespace Dimec.Onnx.Writing;

/// <summary>What the elements of a tensor are, with ONNX's number for each, as Cast takes it.</summary>
public enum ElementType
{
    /// <summary>fp32.</summary>
    Float = 1,

    /// <summary>Signed 8 bits.</summary>
    Int8 = 3,

    /// <summary>Signed 64 bits.</summary>
    Int64 = 7,

    /// <summary>fp16, IEEE 754's binary16.</summary>
    Float16 = 10,
}
