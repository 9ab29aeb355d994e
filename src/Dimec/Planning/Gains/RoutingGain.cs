using Dimec.Policies;

namespace Dimec.Planning.Gains;

/// <summary>
/// What choosing a tier for each sample is worth (method section 10): what a policy saves beyond a rival, on the same samples
/// at the same limit of the drop.
/// </summary>
/// <param name="Beyond">The policy's cost reduction less the rival's: a share of the cloud's cost;
/// negative where the rival saves more.</param>
/// <param name="DegenerateTier">The tier, or exit 0, that gets more than <see cref="DegenerateShare"/> of the samples;
/// null where the policy does choose.</param>
public sealed record RoutingGain(double Beyond, string? DegenerateTier)
{
    /// <summary>A policy that sends more than this share of the samples to one tier hardly chooses.</summary>
    public const double DegenerateShare = 0.95;

    /// <summary>Half a per cent of the cloud's cost: what saves no more than this beyond a rival only matches it.</summary>
    public const double Match = 0.005;

    /// <summary>True where more is saved than a match.</summary>
    public bool Saves => Beyond > Match;

    /// <summary>True where the policy chooses, and saves by it.</summary>
    public bool IsGain => Saves && DegenerateTier is null;

    /// <summary>Sets a policy against a rival.</summary>
    /// <param name="reduction">The policy's cost reduction: 1 − cost / cost of the cloud.</param>
    /// <param name="places">Where samples are answered.</param>
    /// <param name="rival">The cost reduction of the rival.</param>
    public static RoutingGain Of(double reduction, IReadOnlyList<AnswerPlace> places, double rival) =>
        new(reduction - rival, DegenerateIn(places));

    /// <summary>The place that gets more than <see cref="DegenerateShare"/>, or null.</summary>
    /// <param name="places">Where samples are answered.</param>
    public static string? DegenerateIn(IReadOnlyList<AnswerPlace> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        return places.FirstOrDefault(place => place.Share > DegenerateShare).Name;
    }
}
