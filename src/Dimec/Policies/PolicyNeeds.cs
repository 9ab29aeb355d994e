namespace Dimec.Policies;

/// <summary>
/// What a policy asks for of a sample, beside the logits of the exits that it visits. Whoever runs a policy gives it this and no more: a
/// client opens the embedding layer only where it is asked for, and refuses a plan that asks for what the bundle does not hold.
/// </summary>
public sealed record PolicyNeeds
{
    /// <summary>Nothing but the exits' logits.</summary>
    public static PolicyNeeds None { get; } = new();

    /// <summary>Whether exit 0 is looked at, which is then the first visit.</summary>
    public bool ExitZero { get; init; }

    /// <summary>The number of classes that the policy was fitted to; null where any number will do.</summary>
    public int? Classes { get; init; }

    /// <summary>e(x), which is known before a layer has run; null where it is not looked at.</summary>
    public EmbeddingNeed? Embedding { get; init; }

    /// <summary>What the head of an exit pooled; null where it is not looked at.</summary>
    public StateNeed? State { get; init; }
}
