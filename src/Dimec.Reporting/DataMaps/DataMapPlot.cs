using Dimec.Files;
using Dimec.Reporting.DataMaps;
using Dimec.Reporting.Drawing;
using Dimec.Runs;
using Dimec.Runs.Maps;

namespace Dimec.Reporting;

/// <summary>
/// The data map (Swayamdipta et al. 2020): variability across, confidence up, colour by correctness, marginal densities beside it, and the
/// pools outlined with the chosen α and β.
/// </summary>
public static class DataMapPlot
{
    /// <summary>Draws the map that was written beside it: <c>data-map.png</c>.</summary>
    /// <param name="map">What was kept of the map.</param>
    /// <param name="output">Where the picture goes.</param>
    public static void Write(MapSummary map, RunFolder output)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(output);
        var picture = new DataMapInputs { Samples = map.Shown, Of = map.Samples, Epochs = map.Epochs, Exit = map.Exit };
        AtomicFile.Write(output.DataMap, stream => WritePng(picture, stream));
    }

    /// <summary>Writes the map as PNG on an opaque light background.</summary>
    /// <param name="map">What to draw.</param>
    /// <param name="destination">Gets the PNG.</param>
    /// <param name="width">Width in plot pixels, 320 or more.</param>
    /// <param name="height">Height in plot pixels, 360 or more.</param>
    /// <param name="scale">Picture pixels for each plot pixel; 2 is sharp on a dense screen.</param>
    public static void WritePng(DataMapInputs map, Stream destination, int width = 760, int height = 500, float scale = 2)
    {
        Check(map, width, height);
        using var canvas = new PngCanvas(width, height, scale);
        Draw(canvas, new Box(0, 0, width, height), map);
        canvas.Write(destination);
    }

    /// <summary>Writes the map as an SVG document that follows the reader's colour scheme.</summary>
    /// <param name="map">What to draw.</param>
    /// <param name="destination">Gets the SVG as UTF-8.</param>
    /// <param name="width">Width in pixels, 320 or more.</param>
    /// <param name="height">Height in pixels, 360 or more.</param>
    public static void WriteSvg(DataMapInputs map, Stream destination, int width = 760, int height = 500)
    {
        Check(map, width, height);
        SvgCanvas.WriteDocument(destination, width, height, Describe(map), canvas => Draw(canvas, new Box(0, 0, width, height), map));
    }

    /// <summary>The map in a sentence or two, for those who do not see it.</summary>
    internal static string Describe(DataMapInputs map)
    {
        var pools = string.Join(", ", DataMapPool.Of(map).Select(p => $"{p.Label} {Formatting.Count(p.Count)} ({p.Rule})"));
        var description = DataMapSentences.FormatDescription(n: Formatting.Count(map.Samples.Count), epochs: map.Epochs);
        return pools.Length > 0 ? $"{description} {DataMapSentences.FormatDescriptionOfPools(pools: pools)}" : description;
    }

    internal static void Draw(ICanvas canvas, Box box, DataMapInputs map) => new DataMapDrawing(canvas, box, map).Draw();

    private static void Check(DataMapInputs map, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Samples.Count == 0)
            throw new ArgumentException("A data map needs at least one sample.", nameof(map));
        ArgumentOutOfRangeException.ThrowIfLessThan(map.Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 320);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 360);
    }
}
