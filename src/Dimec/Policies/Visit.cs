using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>One tier's answer to a sample.</summary>
/// <param name="Tier">The tier's place among the tiers, from 0.</param>
/// <param name="Exit">The layer number of the exit that gave the logits.</param>
/// <param name="Logits">One logit a class.</param>
public readonly record struct Visit(int Tier, int Exit, ReadOnlyMemory<float> Logits)
{
    private readonly ExitAnswer? _known;

    /// <summary>Takes an answer whose class and confidence are known already, as those of recorded exits are.</summary>
    internal Visit(int tier, int exit, ReadOnlyMemory<float> logits, ExitAnswer known)
        : this(tier, exit, logits) => _known = known;

    /// <summary>What the exit's head pooled of the sample; empty where the tier does not say it.</summary>
    public ReadOnlyMemory<float> Pooled { get; init; }

    /// <summary>The class with the largest logit, from 0.</summary>
    public int Label => _known?.Label ?? Softmax.ArgMax(Logits.Span);

    /// <summary>The confidence C(x): the largest of the exit's probabilities.</summary>
    public float Confidence => _known?.Confidence ?? Softmax.Confidence(Logits.Span);
}
