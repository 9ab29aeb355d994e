namespace Dimec.Policies;

/// <summary>
/// A bound that looks at the truth and at every tier's answer: it can be evaluated, never served. Kept apart from
/// <see cref="IPolicy.Next"/>, whose state holds nothing that a served sample lacks.
/// </summary>
internal interface IHindsightPolicy : IPolicy
{
    /// <summary>The tier that should have answered.</summary>
    /// <param name="gold">The true class.</param>
    /// <param name="answers">What every tier's exit says, in the order of the tiers.</param>
    int TierOf(int gold, ReadOnlySpan<Visit> answers);
}
