namespace Dimec.Reporting;

/// <summary>How the training went.</summary>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="Samples">Training samples an epoch.</param>
/// <param name="Seconds">Wall time in seconds, all epochs.</param>
/// <param name="SamplesPerSecond">Samples a second over all epochs.</param>
/// <param name="Exits">The exits, shallowest first.</param>
public sealed record TrainingSummary(int Epochs, int Samples, double Seconds, double SamplesPerSecond, IReadOnlyList<ExitSummary> Exits)
{
    /// <summary>
    /// What the training said to know before its model is used, a sentence each: exits that died, or none that beats the majority class.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
