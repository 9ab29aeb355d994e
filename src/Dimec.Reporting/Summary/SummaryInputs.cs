namespace Dimec.Reporting;

/// <summary>What the one picture of a README shows.</summary>
/// <param name="Title">The result in a few words, 70 letters at most, e.g. <c>sdk-docs: 48 % of the cost saved, accuracy −0.2 points</c>.</param>
/// <param name="Subtitle">What was run, 110 letters at most.</param>
/// <param name="Map">The data map.</param>
/// <param name="Frontier">The frontier.</param>
/// <param name="Shares">The chosen plan's share of samples by tier, cheapest first, with the tier's name.</param>
public sealed record SummaryInputs(
    string Title, string Subtitle, DataMapInputs Map, Frontier Frontier, IReadOnlyList<KeyValuePair<string, double>> Shares);
