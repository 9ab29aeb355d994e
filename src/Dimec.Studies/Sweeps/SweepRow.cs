using Dimec.Costs;

namespace Dimec.Studies.Sweeps;

/// <summary>One cost structure of a sweep.</summary>
/// <param name="Costs">The structure.</param>
/// <param name="Cells">Every policy, in the order of tables.</param>
/// <param name="Winner">The policy that saves most among single tiers and contenders that keep the drop on the selection part;
/// of equals the first, so that a single tier is beaten only by more.</param>
public sealed record SweepRow(CostStructure Costs, IReadOnlyList<SweepCell> Cells, string Winner);
