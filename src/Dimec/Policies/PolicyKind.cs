namespace Dimec.Policies;

/// <summary>The part that a policy plays where policies are compared.</summary>
public enum PolicyKind
{
    /// <summary>
    /// One tier for every sample, named like the tier: it may be planned, and is what every policy that chooses has to beat.
    /// </summary>
    SingleTier,

    /// <summary>It chooses a tier for each sample, and may be planned.</summary>
    Contender,

    /// <summary>It is there to compare with: it may be served where it is asked for by name, and is never chosen for its result.</summary>
    Control,

    /// <summary>
    /// It bounds what a policy over the same exits can reach. It knows what no served policy knows, so it is never planned.
    /// </summary>
    Bound,
}
