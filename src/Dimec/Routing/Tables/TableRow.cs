namespace Dimec.Routing.Tables;

/// <summary>A row of a table.</summary>
/// <param name="Line">The line that it begins on, from 1.</param>
/// <param name="Cells">Its cells, one a column of the header; null where it has none there.</param>
internal sealed record TableRow(int Line, IReadOnlyList<string?> Cells);
