namespace Dimec.Policies;

/// <summary>What a policy wants next: run the sample on a tier, or take the last visit's exit as the answer.</summary>
public readonly record struct PolicyStep
{
    private PolicyStep(bool isAnswer, int tier, int layer) => (IsAnswer, Tier, Layer) = (isAnswer, tier, layer);

    /// <summary>True where the last visit's exit is the answer.</summary>
    public bool IsAnswer { get; }

    /// <summary>The tier to run on, from 0 for the shallowest; −1 where this is an answer.</summary>
    public int Tier { get; }

    /// <summary>The layer (from 1) at whose exit the tier is to stop; 0 for the tier's own depth.</summary>
    public int Layer { get; }

    /// <summary>The last visit answers.</summary>
    public static PolicyStep Answer { get; } = new(true, -1, 0);

    /// <summary>Run the sample on a tier, from the embedding on.</summary>
    /// <param name="tier">The tier's place among the tiers, from 0 for the shallowest.</param>
    public static PolicyStep RunOn(int tier)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tier);
        return new(false, tier, 0);
    }

    /// <summary>
    /// Run the sample on a tier as far as a layer, and look at its exit. Where the sample is on that tier already, its layers so far
    /// are not run again; else the tier begins with the text.
    /// </summary>
    /// <param name="tier">The tier's place among the tiers, from 0 for the shallowest.</param>
    /// <param name="layer">A layer with an exit, from 1 to the tier's depth.</param>
    public static PolicyStep RunOn(int tier, int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tier);
        ArgumentOutOfRangeException.ThrowIfLessThan(layer, 1);
        return new(false, tier, layer);
    }
}
