namespace Dimec.Bundles;

/// <summary>Where a table of fp32 numbers lies inside a file: raw little-endian bytes, row after row.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The numbers in a row.</param>
public sealed record TableSlice(long Offset, int Rows, int Columns);
