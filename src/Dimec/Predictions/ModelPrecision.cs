namespace Dimec.Predictions;

/// <summary>In what numbers a model's weights are kept and its products computed.</summary>
public enum ModelPrecision
{
    /// <summary>32-bit floating point, as trained.</summary>
    Fp32,

    /// <summary>16-bit floating point (IEEE 754's binary16), for accelerators.</summary>
    Fp16,

    /// <summary>8-bit whole numbers with a scale a channel; what goes into a product is rounded to 8 bits as it comes.</summary>
    Int8,
}
