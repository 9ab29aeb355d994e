namespace Dimec.Policies;

/// <summary>What a policy may know of a sample: nothing that is not there when the sample is served.</summary>
public readonly ref struct PolicyState
{
    /// <summary>The sample's name. Served samples get one of the caller's or a fresh one.</summary>
    public required string Guid { get; init; }

    /// <summary>e(x), the mean of the embedding layer's outputs over the real tokens; empty where the policy needs none.</summary>
    public ReadOnlySpan<float> Embedding { get; init; }

    /// <summary>The tiers visited so far, in order, each with what its exit said; exit 0 first, where it is asked for.</summary>
    public ReadOnlySpan<Visit> Visits { get; init; }
}
