using Dimec.Files;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Runs.Ngrams;

/// <summary>What a run's last exit says of texts, for exit 0 to learn from beside the labels: a probability a class each.</summary>
/// <param name="Training">Of the training samples, in the data's order; empty where their labels alone are learnt from.</param>
/// <param name="Texts">Texts without labels; there may be none.</param>
/// <param name="Unlabelled">Of these texts, in their order.</param>
public sealed record SoftAnswers(
    IReadOnlyList<float[]> Training, IReadOnlyList<Sample> Texts, IReadOnlyList<float[]> Unlabelled)
{
    /// <summary>There are none.</summary>
    public static SoftAnswers None { get; } = new([], [], []);

    /// <summary>What a run has recorded that its last exit says of the training samples.</summary>
    /// <param name="run">The run.</param>
    /// <param name="samples">The training samples.</param>
    /// <returns>A probability a class of each, in their order; null where the run has not recorded all of them.</returns>
    /// <exception cref="InputException">The file of the predictions is malformed.</exception>
    public static IReadOnlyList<float[]>? Recorded(RunFolder run, IReadOnlyList<Sample> samples)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(samples);
        var path = run.Predictions(PartNames.Train);
        if (!File.Exists(path))
            return null;
        using var stream = InputFile.OpenRead(path);
        var recorded = RecordedExits.Read(stream, PartNames.Train, path);
        var places = recorded.Guids.Index().ToDictionary(row => row.Item, row => row.Index);
        if (!samples.All(sample => places.ContainsKey(sample.Guid)))
            return null;
        return [.. samples.Select(sample => Softmaxed(recorded.Logits(places[sample.Guid], recorded.Exits.Count - 1)))];
    }

    private static float[] Softmaxed(ReadOnlySpan<float> logits)
    {
        var probabilities = new float[logits.Length];
        Softmax.Probabilities(logits, probabilities);
        return probabilities;
    }
}
