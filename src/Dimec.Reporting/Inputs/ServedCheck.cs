namespace Dimec.Reporting;

/// <summary>What the running tiers answered, against what the offline evaluation of the exported models said.</summary>
/// <param name="Samples">How many samples were served.</param>
/// <param name="Equal">How many of them had the same label from the same exit.</param>
/// <param name="Tiers">Where samples were answered: exit 0, where the plan looks at it, then the tiers, the cheapest first.</param>
/// <param name="NearTies">Samples that differ where the plan says what was served once logits move by 1e-4: rounding, not an error.
/// </param>
/// <param name="Differences">Samples that differ for no such reason; any of them is an error.</param>
/// <param name="Seconds">Wall time in seconds.</param>
public sealed record ServedCheck(
    int Samples, int Equal, IReadOnlyList<ServedTier> Tiers, IReadOnlyList<ServedDifference> NearTies,
    IReadOnlyList<ServedDifference> Differences, double Seconds)
{
    /// <summary>Some samples of each place, in the order of the places.</summary>
    public IReadOnlyList<ServedExample> Examples { get; init; } = [];

    /// <summary>True where nothing differs but near-ties.</summary>
    public bool Holds => Differences.Count == 0 && Equal + NearTies.Count == Samples;
}
