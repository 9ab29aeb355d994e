using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>One tier's answer to a sample.</summary>
/// <param name="Work">The layers that the tier ran for it.</param>
/// <param name="Logits">One logit a class.</param>
public readonly record struct Visit(TierWork Work, ReadOnlyMemory<float> Logits)
{
    private readonly ExitAnswer? _known;

    /// <summary>Takes an answer whose class and confidence are known already, as those of recorded exits are.</summary>
    internal Visit(TierWork work, ReadOnlyMemory<float> logits, ExitAnswer known)
        : this(work, logits) => _known = known;

    /// <summary>Exit 0's answer, which the mobile has before any layer has run.</summary>
    /// <param name="logits">One logit a class.</param>
    public static Visit OfExitZero(ReadOnlyMemory<float> logits) => new(TierWork.Further(0, 0, 0), logits);

    /// <summary>The tier's place among the tiers, from 0.</summary>
    public int Tier => Work.Tier;

    /// <summary>The layer number of the exit that gave the logits; 0 for exit 0.</summary>
    public int Exit => Work.To;

    /// <summary>What the exit's head pooled of the sample; empty where the tier does not say it.</summary>
    public ReadOnlyMemory<float> Pooled { get; init; }

    /// <summary>The class with the largest logit, from 0.</summary>
    public int Label => Answer.Label;

    /// <summary>The confidence C(x): the largest of the exit's probabilities.</summary>
    public float Confidence => Answer.Confidence;

    /// <summary>What the exit says by itself.</summary>
    public ExitAnswer Answer => _known ?? ExitAnswer.Of(Logits.Span);
}
