using Dimec.Reporting.Drawing;
using Dimec.Reporting.Summary;
using SkiaSharp;

namespace Dimec.Reporting;

/// <summary>
/// One picture for a README: the data map with its pools, the frontier, and what every policy saves at what price. Opaque, so that it reads
/// on a dark page too.
/// </summary>
public static class SummaryPicture
{
    private const int Width = 1000;
    private const float Edge = 24;
    private const float Plots = 118;
    private const float PlotHeight = 520;
    private const float Table = Plots + PlotHeight + 40;

    /// <summary>Writes the picture as PNG, 2000 pixels wide at the default scale; its height grows with the number of policies.</summary>
    /// <param name="inputs">What it shows.</param>
    /// <param name="destination">Gets the PNG.</param>
    /// <param name="scale">Picture pixels for each of the 1000 plot pixels across.</param>
    public static void WritePng(SummaryInputs inputs, Stream destination, float scale = 2)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var table = new SummaryTable(inputs.Evaluation, inputs.Policy);
        using var canvas = new PngCanvas(Width, (int)(Table + table.Height + Edge), scale);
        Draw(canvas, inputs);
        table.Draw(canvas, new Box(Edge, Table, Width - (2 * Edge), table.Height));
        canvas.Write(destination);
    }

    private static void Draw(PngCanvas canvas, SummaryInputs inputs)
    {
        var title = new TextStyle(26, Bold: true);
        var room = (Width - (2 * Edge)) / Fonts.Measure(inputs.Title, title);
        canvas.Text(inputs.Title, new SKPoint(Edge, 46), title with { Size = title.Size * Math.Min(1, room) });
        canvas.Text(inputs.Subtitle, new SKPoint(Edge, 74), new TextStyle(15, Ink.Muted));
        var panel = new TextStyle(16, Bold: true);
        const float half = (Width - (3 * Edge)) / 2;
        canvas.Text(SummarySentences.DataMapHeading, new SKPoint(Edge, Plots), panel);
        DataMapPlot.Draw(canvas, new Box(Edge - 10, Plots + 6, half + 10, PlotHeight), inputs.Map);
        var price = SummarySentences.FormatFrontierHeading(part: inputs.Frontier.Part, n: Formatting.Count(inputs.Frontier.Count));
        canvas.Text(price, new SKPoint((2 * Edge) + half, Plots), panel);
        FrontierPlot.Draw(canvas, new Box((2 * Edge) + half - 10, Plots + 6, half + 10, PlotHeight), inputs.Frontier);
    }
}
