namespace Dimec.Training;

/// <summary>
/// In what numbers the encoder's matrices are multiplied while it is trained.
/// Weights, optimizer, sums, normalization and evaluation are fp32 always.
/// </summary>
public enum Precision
{
    /// <summary>32 bits.</summary>
    Fp32,

    /// <summary>
    /// bfloat16: fp32's range with 8 bits of precision, on processors that multiply it faster. Not all that have instructions for it do.
    /// </summary>
    Bf16,

    /// <summary>
    /// Bf16 where it is measured to be at least <see cref="PrecisionChoice.LeastSpeed"/> times as fast on this machine, otherwise fp32; a
    /// run that is resumed goes on as it was begun.
    /// </summary>
    Auto,
}
