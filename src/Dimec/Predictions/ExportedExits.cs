namespace Dimec.Predictions;

/// <summary>Whose exits were recorded where they are not the trained model's: those of a bundle, as it was exported.</summary>
/// <param name="Precision">In what numbers its models compute.</param>
/// <param name="Bundle">The bundle's hash: SHA-256 of its <c>bundle.json</c>.</param>
/// <param name="Processor">On what processor they were run: in int8, others may answer otherwise.</param>
public sealed record ExportedExits(ModelPrecision Precision, string Bundle, ProcessorKind Processor);
