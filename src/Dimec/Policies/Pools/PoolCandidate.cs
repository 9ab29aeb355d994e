using Dimec.Pools;

namespace Dimec.Policies.Pools;

/// <summary>One combination of thresholds, by their places in the grids, with the terms that each tier's pool is the sum of.</summary>
internal sealed record PoolCandidate(int Alpha, int[] Betas, PrefixTerm[][] Pools);
