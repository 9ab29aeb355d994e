namespace Dimec.Training;

/// <summary>In what numbers the encoder's matrices are multiplied while it is trained. Weights, optimizer, sums, normalization and evaluation are fp32 always.</summary>
public enum Precision
{
    /// <summary>32 bits.</summary>
    Fp32,

    /// <summary>bfloat16: fp32's range with 8 bits of precision, on processors that multiply it faster.</summary>
    Bf16,
}
