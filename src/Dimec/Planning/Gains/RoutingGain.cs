namespace Dimec.Planning.Gains;

/// <summary>
/// What choosing a tier for each sample is worth (method section 10): what a policy saves beyond the best single tier, on the same samples
/// at the same limit of the drop.
/// </summary>
/// <param name="Beyond">The policy's cost reduction less that tier's: a share of the cloud's cost;
/// negative where the tier alone saves more.</param>
/// <param name="DegenerateTier">The tier that gets more than <see cref="DegenerateShare"/> of the samples;
/// null where the policy does choose.</param>
public sealed record RoutingGain(double Beyond, string? DegenerateTier)
{
    /// <summary>A policy that sends more than this share of the samples to one tier hardly chooses.</summary>
    public const double DegenerateShare = 0.95;

    /// <summary>Half a per cent of the cloud's cost: what saves no more than this beyond a single tier only matches it.</summary>
    public const double Match = 0.005;

    /// <summary>True where more is saved than a match.</summary>
    public bool Saves => Beyond > Match;

    /// <summary>True where the policy chooses, and saves by it.</summary>
    public bool IsGain => Saves && DegenerateTier is null;

    /// <summary>Sets a policy against a single tier.</summary>
    /// <param name="reduction">The policy's cost reduction: 1 − cost / cost of the cloud.</param>
    /// <param name="shares">By tier, the share of samples that it answered.</param>
    /// <param name="single">The cost reduction of the single tier.</param>
    public static RoutingGain Of(double reduction, IReadOnlyDictionary<string, double> shares, double single) =>
        new(reduction - single, DegenerateIn(shares));

    /// <summary>The tier that gets more than <see cref="DegenerateShare"/>, or null.</summary>
    /// <param name="shares">By tier, the share of samples that it answered.</param>
    public static string? DegenerateIn(IReadOnlyDictionary<string, double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        return shares.FirstOrDefault(share => share.Value > DegenerateShare).Key;
    }
}
