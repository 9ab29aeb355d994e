namespace Dimec.Predictions;

/// <summary>
/// A processor by how it adds products of 8-bit numbers: what the answers of an int8 model depend on beside the model.
/// </summary>
public enum ProcessorKind
{
    /// <summary>Any that is none of the others.</summary>
    Other,

    /// <summary>x64 with VNNI (AVX512_VNNI or AVX_VNNI): adds up in 32 bits.</summary>
    X64Vnni,

    /// <summary>x64 without VNNI: its fastest sums of two products end at 16 bits, where some engines let them.</summary>
    X64,

    /// <summary>64-bit Arm: adds up in 32 bits.</summary>
    Arm64,
}
