namespace Dimec.Reporting;

/// <summary>What the running tiers answered, against what the offline evaluation of the exported models said.</summary>
/// <param name="Samples">How many samples were served.</param>
/// <param name="Equal">How many of them had the same label from the same tier.</param>
/// <param name="Tiers">The processes that answered, cheapest tier first.</param>
/// <param name="NearTies">Samples whose label differs where the two likeliest classes lie closer than 1e-4 in probability:
/// rounding, not an error.</param>
/// <param name="Differences">Samples that differ for no such reason; any of them is an error.</param>
/// <param name="Seconds">Wall time in seconds.</param>
public sealed record ServedCheck(
    int Samples, int Equal, IReadOnlyList<ServedTier> Tiers, IReadOnlyList<ServedDifference> NearTies,
    IReadOnlyList<ServedDifference> Differences, double Seconds)
{
    /// <summary>True where nothing differs but near-ties.</summary>
    public bool Holds => Differences.Count == 0 && Equal + NearTies.Count == Samples;
}
