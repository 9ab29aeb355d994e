namespace Dimec.Policies.RecServe;

/// <summary>What <see cref="RecServeFitter"/> plays with.</summary>
/// <param name="Quantile">β, 0 … 1: the share of a tier's recent confidences below which it passes a sample on.</param>
/// <param name="Seed">Decides the order in which the samples come.</param>
internal sealed record RecServeParameters(double Quantile, int Seed) : PolicyParameters;
