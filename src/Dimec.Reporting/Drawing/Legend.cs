using SkiaSharp;

namespace Dimec.Reporting.Drawing;

/// <summary>Rows of markers with their meaning, broken where the width ends.</summary>
internal static class Legend
{
    private const float Gap = 18;
    private const float Swatch = 16;

    /// <summary>Draws the entries, or only counts the rows where <paramref name="canvas"/> is null.</summary>
    /// <returns>The number of rows.</returns>
    public static int Draw(ICanvas? canvas, Box box, float size, IReadOnlyList<(Shape Shape, Ink Ink, string Text)> entries)
    {
        var style = new TextStyle(size);
        var (x, row) = (box.Left, 0);
        foreach (var (shape, ink, text) in entries)
        {
            var width = Swatch + (Fonts.Measure(text, style) * 1.06f) + Gap;
            if (x > box.Left && x + width - Gap > box.Right)
                (x, row) = (box.Left, row + 1);
            var y = box.Top + (row * RowHeight(size)) + (size * 0.5f);
            canvas?.Mark(shape, new SKPoint(x + 6, y), 5, ink);
            canvas?.Text(text, new SKPoint(x + Swatch, y + (size * 0.36f)), style);
            x += width;
        }

        return row + 1;
    }

    public static float RowHeight(float size) => size * 1.65f;
}
