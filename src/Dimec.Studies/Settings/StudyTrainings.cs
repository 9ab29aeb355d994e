namespace Dimec.Studies.Settings;

/// <summary>How a study's runs are trained, as its record says it.</summary>
/// <param name="Precision">In what the encoder's matrices are multiplied.</param>
/// <param name="PrecisionAsked">The word of the call, which may have asked for a measurement.</param>
/// <param name="Bf16Speed">How many times as fast as fp32 bf16 was measured to be; null where it was not measured.</param>
public sealed record StudyTrainings(string Precision, string PrecisionAsked, double? Bf16Speed);
