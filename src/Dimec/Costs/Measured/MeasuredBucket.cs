namespace Dimec.Costs.Measured;

/// <summary>Samples of about one length.</summary>
/// <param name="Tokens">Their length in tokens, special ones included; at least 1.</param>
/// <param name="Share">How many of all samples they are, above 0; the shares of all buckets sum to 1.</param>
public readonly record struct MeasuredBucket(int Tokens, double Share);
