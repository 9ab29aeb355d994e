using Dimec.Reporting.Drawing;

namespace Dimec.Reporting.Studies;

/// <summary>Places equal panels in rows below a legend.</summary>
/// <param name="Count">How many panels.</param>
/// <param name="Panel">The height of a panel, on a desktop and on a phone.</param>
/// <param name="InRow">How many stand in a row at most, on a desktop and on a phone.</param>
internal readonly record struct PanelGrid(int Count, (int Wide, int Narrow) Panel, (int Wide, int Narrow) InRow)
{
    // Between the two widths of a figure.
    private const float PhoneWidth = 480;

    /// <summary>The height that a figure needs, on a desktop and on a phone.</summary>
    /// <param name="legend">What the legend takes on each.</param>
    public (int Wide, int Narrow) Heights((int Wide, int Narrow) legend) =>
        (legend.Wide + (Rows(InRow.Wide) * Panel.Wide), legend.Narrow + (Rows(InRow.Narrow) * Panel.Narrow));

    /// <summary>Where a panel stands.</summary>
    public Box At(int panel, Box box)
    {
        var narrow = box.Width < PhoneWidth;
        var columns = Math.Min(Count, narrow ? InRow.Narrow : InRow.Wide);
        // One or two panels do not grow to the whole width: they would be flat.
        var width = box.Width / Math.Max(columns, narrow ? 1 : 2);
        var height = box.Height / Rows(narrow ? InRow.Narrow : InRow.Wide);
        return new Box(box.Left + (panel % columns * width), box.Top + (panel / columns * height), width, height);
    }

    private int Rows(int columns) => (Count + columns - 1) / columns;
}
