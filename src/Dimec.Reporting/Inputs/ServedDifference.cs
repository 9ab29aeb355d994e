namespace Dimec.Reporting;

/// <summary>A sample that was answered differently when served.</summary>
/// <param name="Guid">The sample's name.</param>
/// <param name="Text">Its text; may be cut.</param>
/// <param name="Offline">What the offline evaluation said: label, tier and exit.</param>
/// <param name="Served">What the running tiers answered: label, tier and exit.</param>
public sealed record ServedDifference(string Guid, string Text, string Offline, string Served);
