namespace Dimec.Pools;

/// <summary>A block of cells of one table: along each axis those from <c>From</c> up to, not including, <c>To</c>.</summary>
/// <param name="Table">The table, from 0.</param>
/// <param name="Ranges">The range along each axis.</param>
internal sealed record PoolBox(int Table, (int From, int To)[] Ranges);
