namespace Dimec.Pools;

/// <summary>A rectangle of cells on the grid of thresholds: rows [RowFrom, RowTo) of confidence × columns [ColumnFrom, ColumnTo) of variability.</summary>
internal readonly record struct CellRectangle(int RowFrom, int RowTo, int ColumnFrom, int ColumnTo);
