using Dimec.Pools;

namespace Dimec.Policies;

/// <summary>One combination of thresholds, by their places in the grids, with the rectangle of cells that each tier's pool is.</summary>
internal sealed record PoolCandidate(int Alpha, int[] Betas, CellRectangle[] Pools);
