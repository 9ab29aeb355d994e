namespace Dimec.Routing.Frontiers;

/// <summary>A point of a router's frontier between the weak tier and the strong one.</summary>
/// <param name="Threshold">The score from which the strong tier answers; null where it answers all samples or none.</param>
/// <param name="Share">The share of samples that it answers.</param>
/// <param name="Row">What that does.</param>
public sealed record StrongShare(double? Threshold, double Share, RouterRow Row);
