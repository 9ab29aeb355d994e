using Dimec.Reporting.Drawing;
using Dimec.Reporting.Frontiers;

namespace Dimec.Reporting;

/// <summary>
/// The frontier: cost reduction across, accuracy against the cloud up, so that better is up and to the right. Sweeps are lines, single
/// tiers labelled squares, bounds stars at the rim where they leave the scale, the chosen plan a ring; bars are 95 % intervals.
/// </summary>
public static class FrontierPlot
{
    /// <summary>Writes the plot as PNG on an opaque light background.</summary>
    /// <param name="frontier">What to draw.</param>
    /// <param name="destination">Gets the PNG.</param>
    /// <param name="width">Width in plot pixels, 320 or more.</param>
    /// <param name="height">Height in plot pixels, 280 or more.</param>
    /// <param name="scale">Picture pixels for each plot pixel; 2 is sharp on a dense screen.</param>
    public static void WritePng(Frontier frontier, Stream destination, int width = 760, int height = 480, float scale = 2)
    {
        Check(frontier, width, height);
        using var canvas = new PngCanvas(width, height, scale);
        Draw(canvas, new Box(0, 0, width, height), frontier);
        canvas.Write(destination);
    }

    /// <summary>Writes the plot as an SVG document that follows the reader's colour scheme.</summary>
    /// <param name="frontier">What to draw.</param>
    /// <param name="destination">Gets the SVG as UTF-8.</param>
    /// <param name="width">Width in pixels, 320 or more.</param>
    /// <param name="height">Height in pixels, 280 or more.</param>
    public static void WriteSvg(Frontier frontier, Stream destination, int width = 760, int height = 480)
    {
        Check(frontier, width, height);
        SvgCanvas.WriteDocument(
            destination, width, height, Describe(frontier), canvas => Draw(canvas, new Box(0, 0, width, height), frontier));
    }

    /// <summary>The plot in a sentence, for those who do not see it.</summary>
    internal static string Describe(Frontier frontier)
    {
        var description = FrontierSentences.FormatDescription(
            part: frontier.Part, n: Formatting.Count(frontier.Count), series: string.Join(", ", frontier.Series.Select(s => s.Name)));
        return frontier.Chosen is { } point
            ? description + " " + FrontierSentences.FormatDescriptionOfChosen(
                saved: Formatting.Percent(point.Reduction), drop: Formatting.Points(point.Drop))
            : description;
    }

    internal static void Draw(ICanvas canvas, Box box, Frontier frontier) => new FrontierDrawing(canvas, box, frontier).Draw();

    private static void Check(Frontier frontier, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(frontier);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 320);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 280);
    }
}
