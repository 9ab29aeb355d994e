using SkiaSharp;

namespace Dimec.Reporting.Drawing;

/// <summary>
/// What a plot is drawn on. A plot is drawn once and comes out as SVG, whose colours follow the reader's colour scheme, or as PNG:
/// that is why plots do not use a charting library, whose SVG freezes colours and glyph positions.
/// </summary>
internal interface ICanvas
{
    /// <summary>Fills a rectangle.</summary>
    /// <param name="box">The rectangle.</param>
    /// <param name="ink">Its colour.</param>
    /// <param name="opacity">0 (invisible) to 1.</param>
    /// <param name="radius">That of its corners in pixels.</param>
    /// <param name="hint">What a pointer that rests on it is told, where the format can.</param>
    void Fill(Box box, Ink ink, float opacity = 1, float radius = 0, string? hint = null);

    /// <summary>Outlines a rectangle.</summary>
    void Outline(Box box, Stroke stroke);

    /// <summary>Draws straight lines through the points.</summary>
    void Line(Stroke stroke, params ReadOnlySpan<SKPoint> points);

    /// <summary>Draws many equal discs; overlapping ones do not add up.</summary>
    void Dots(IReadOnlyCollection<SKPoint> centres, float radius, Ink ink, float opacity);

    /// <summary>Draws one marker with an outline of the background.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="at">Its centre.</param>
    /// <param name="radius">Half its size in pixels.</param>
    /// <param name="ink">Its colour.</param>
    /// <param name="hint">What a pointer that rests on it is told, where the format can.</param>
    void Mark(Shape shape, SKPoint at, float radius, Ink ink, string? hint = null);

    /// <summary>Writes a line of text with its baseline at <paramref name="at"/>.</summary>
    void Text(string text, SKPoint at, TextStyle style);
}
