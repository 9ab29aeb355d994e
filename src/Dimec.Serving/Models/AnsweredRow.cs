using Dimec.Predictions;

namespace Dimec.Serving.Models;

/// <summary>Where a row of a request stopped.</summary>
/// <param name="Exit">The layer number of the exit that it stopped at; 0 for the n-gram exit.</param>
/// <param name="Confidence">How sure that exit is, 0 to 1.</param>
internal readonly record struct AnsweredRow(int Exit, float Confidence)
{
    /// <summary>Rows that all stopped at one exit; nothing is computed before somebody looks.</summary>
    /// <param name="exit">The exit's layer number.</param>
    /// <param name="logits">Rows × classes.</param>
    /// <param name="classes">How many classes there are.</param>
    public static IEnumerable<AnsweredRow> Of(int exit, float[] logits, int classes)
    {
        for (var start = 0; start < logits.Length; start += classes)
            yield return new AnsweredRow(exit, Softmax.Confidence(logits.AsSpan(start, classes)));
    }
}
