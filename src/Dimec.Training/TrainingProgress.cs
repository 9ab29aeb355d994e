namespace Dimec.Training;

/// <summary>How far a run is.</summary>
/// <param name="Phase">What it is busy with.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">How many there are.</param>
/// <param name="Step">Steps done in all epochs.</param>
/// <param name="Steps">Steps of all epochs.</param>
/// <param name="SamplesPerSecond">Training samples a second over the last steps; 0 where not yet known.</param>
/// <param name="Loss">Mean joint loss over the last steps; NaN where not yet known.</param>
/// <param name="TimeLeft">Estimated time until the phase's end; null where not yet known.</param>
public sealed record TrainingProgress(
    TrainingPhase Phase, int Epoch, int Epochs, int Step, int Steps, double SamplesPerSecond, double Loss, TimeSpan? TimeLeft)
{
    /// <summary>What was found on the way that the user should know at once, a sentence each; mostly empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
