namespace Dimec.Inference;

/// <summary>An answer, with who gave it and what it cost.</summary>
/// <param name="Label">The class's name.</param>
/// <param name="LabelIndex">The class's place among the labels, from 0.</param>
/// <param name="Confidence">The probability of the answer, 0 to 1: max softmax(logits) at temperature 1, or, where the plan combines
/// exits, of the combination.</param>
/// <param name="Logits">One logit a class, of the exit that answered by itself.</param>
/// <param name="Tier">The tier that answered.</param>
/// <param name="TierIndex">Its place among the tiers, from 0 for the mobile.</param>
/// <param name="Exit">The layer number of the exit that answered; 0 for the n-gram exit.</param>
/// <param name="Cost">What every layer that was run and everything that was sent costs, in the unit of the plan's costs (method
/// section 7).</param>
/// <param name="Truncated">Whether the text was longer than the model reads.</param>
/// <param name="Fallback">Whether some tier that the policy named did not answer, so that another one did in its place.</param>
/// <param name="Failures">Why, one for each tier that did not answer; empty without a fallback.
/// What a failed attempt cost is not known, and not in <paramref name="Cost"/>.</param>
public sealed record Classification(
    string Label,
    int LabelIndex,
    float Confidence,
    float[] Logits,
    string Tier,
    int TierIndex,
    int Exit,
    double Cost,
    bool Truncated,
    bool Fallback,
    IReadOnlyList<TierFailure> Failures)
{
    /// <summary>
    /// Why there is no answer, in one sentence: the mobile's own model gave this text no finite numbers, and no other tier could be had.
    /// The label is then empty, its place −1, and the tier none. Null where there is an answer.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>
    /// Whether the answer is less sure than <see cref="DimecClientOptions.AbstainBelow"/> asks, so that it is none to act on; the label is
    /// still the likeliest one.
    /// </summary>
    public bool Abstained { get; init; }

    /// <summary>
    /// Whether it was given before to just this text and is kept since (<see cref="DimecClientOptions.CacheSize"/>); it then costs
    /// nothing.
    /// </summary>
    public bool Cached { get; init; }

    internal static Classification None(double cost, bool truncated, IReadOnlyList<TierFailure> failures)
        => new("", -1, 0, [], "", -1, 0, cost, truncated, Fallback: true, failures)
        {
            Error = string.Join(' ', failures.Select(failure => failure.Sentence)),
        };
}
