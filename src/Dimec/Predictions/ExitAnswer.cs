namespace Dimec.Predictions;

/// <summary>What an exit says of a sample in short.</summary>
/// <param name="Label">The class with the largest logit, from 0; the first of equals.</param>
/// <param name="Confidence">Its probability.</param>
public readonly record struct ExitAnswer(int Label, float Confidence)
{
    /// <summary>What logits say.</summary>
    /// <param name="logits">One logit a class.</param>
    public static ExitAnswer Of(ReadOnlySpan<float> logits)
    {
        var label = Softmax.ArgMax(logits);
        return new ExitAnswer(label, Softmax.Probability(logits, label));
    }
}
