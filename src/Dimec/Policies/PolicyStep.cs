namespace Dimec.Policies;

/// <summary>What a policy wants next: run the sample on a tier, or take the last visit's exit as the answer.</summary>
public readonly record struct PolicyStep
{
    private PolicyStep(bool isAnswer, int tier) => (IsAnswer, Tier) = (isAnswer, tier);

    /// <summary>True where the last visit's exit is the answer.</summary>
    public bool IsAnswer { get; }

    /// <summary>The tier to run on, from 0 for the shallowest; −1 where this is an answer.</summary>
    public int Tier { get; }

    /// <summary>The last visit answers.</summary>
    public static PolicyStep Answer { get; } = new(true, -1);

    /// <summary>Run the sample on a tier, from the embedding on.</summary>
    /// <param name="tier">The tier's place among the tiers, from 0 for the shallowest.</param>
    public static PolicyStep RunOn(int tier)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tier);
        return new(false, tier);
    }
}
