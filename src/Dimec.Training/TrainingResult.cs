namespace Dimec.Training;

/// <summary>What a finished run came to.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="WasFinished">Whether an earlier call had finished it and nothing was left to train.</param>
/// <param name="Accuracy">Accuracy by part (<c>selection</c>, <c>calibration</c>, <c>dev</c>; parts with labels only) and exit.</param>
/// <param name="SamplesPerSecond">Training samples a second, over the steps of the call that finished the run; 0 if it made none.</param>
/// <param name="Warnings">What to know before using the model, a sentence each:
/// exits that died, or none that beats the majority class.</param>
public sealed record TrainingResult(
    string Folder, bool WasFinished, IReadOnlyDictionary<string, IReadOnlyDictionary<int, double>> Accuracy, double SamplesPerSecond,
    IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// What was found in the texts before the training, a sentence each, which progress was told as well:
    /// how many are cut, how many are of unknown words only.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
