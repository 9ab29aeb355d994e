namespace Dimec.Reporting.Html;

/// <summary>A table, whatever it is written as.</summary>
/// <param name="Caption">What it shows, with n.</param>
/// <param name="Kind">What kind of table it is.</param>
/// <param name="Headings">The headings; those that start with # are of numbers, and what follows a | is of the cells' second lines.</param>
/// <param name="Rows">The rows, with a cell a heading; the first heads its row.</param>
internal sealed record ReportTable(string Caption, TableKind Kind, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<Cell>> Rows);
