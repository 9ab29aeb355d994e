namespace Dimec.Text.Tasks;

/// <summary>One usable row of a file.</summary>
/// <param name="Number">The row's number from 0, counting rows that were skipped.</param>
/// <param name="Line">The line's number from 1.</param>
/// <param name="Text">The text.</param>
/// <param name="Pair">The second text, or null.</param>
/// <param name="Label">The label as it stands in the file, without white space around it; empty where none is read.</param>
internal sealed record FileRow(int Number, int Line, string Text, string? Pair, string Label);
