namespace Dimec.Reporting;

/// <summary>How the training went.</summary>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="Samples">Training samples an epoch.</param>
/// <param name="Seconds">Wall time in seconds, all epochs.</param>
/// <param name="SamplesPerSecond">Samples a second over all epochs.</param>
/// <param name="Exits">The exits, shallowest first.</param>
public sealed record TrainingSummary(int Epochs, int Samples, double Seconds, double SamplesPerSecond, IReadOnlyList<ExitSummary> Exits);
