namespace Dimec.Reporting.Html;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it shows.</param>
/// <param name="Value">What it is sorted by; null sorts by the text.</param>
internal sealed record Cell(string Text, double? Value = null)
{
    /// <summary>A line below, smaller: an interval, the cost behind a saving.</summary>
    public string? Second { get; init; }

    /// <summary>The class of the row, read off its first cell.</summary>
    public string RowClass { get; init; } = "row";

    /// <summary>Writes the content where it is more than text.</summary>
    public Action<HtmlWriter>? Write { get; init; }

    public static Cell Of(int value) => new(Formatting.Count(value), value);
}
