using Dimec.Checkpoints;
using Dimec.Predictions;
using Dimec.Text;

namespace Dimec.Training.Evaluation;

/// <summary>The last exit of a trained model as a teacher: what it says of any texts, as probabilities.</summary>
public static class LastExit
{
    /// <summary>Texts that are answered at once: what many of them take in memory does not grow with them.</summary>
    private const int Chunk = 4096;

    /// <summary>Answers texts without dropout.</summary>
    /// <param name="model">A trained checkpoint: one with exits.</param>
    /// <param name="texts">The texts; their labels are not looked at.</param>
    /// <param name="encode">Turns a sample into token ids, at most as many as the model's longest input.</param>
    /// <param name="progress">Is told how many texts are answered, of how many.</param>
    /// <param name="cancellationToken">Stops after a batch.</param>
    /// <returns>A probability a class of each text, in the order of the texts.</returns>
    /// <exception cref="InputException">The checkpoint has no exits.</exception>
    public static IReadOnlyList<float[]> Answers(
        Checkpoint model, IReadOnlyList<Sample> texts, Func<Sample, TokenizedText> encode, Action<int, int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(texts);
        using var trained = new TrainedModel(model);
        var answers = new List<float[]>(texts.Count);
        foreach (var chunk in texts.Chunk(Chunk))
        {
            // Texts of several files may have the same guids, so they get numbers.
            var part = new Dataset(
                PartNames.Train, [.. chunk.Select((text, i) => text with { Guid = $"{i}" })], model.Exits!.Labels, model.Exits.HasPair);
            var recorded = trained.Predict(part, encode, cancellationToken);
            for (var i = 0; i < recorded.Count; i++)
            {
                var answer = new float[recorded.Classes];
                Softmax.Probabilities(recorded.Logits(i, recorded.Exits.Count - 1), answer);
                answers.Add(answer);
            }

            progress?.Invoke(answers.Count, texts.Count);
        }

        return answers;
    }
}
