using Dimec.Reporting.Drawing;
using SkiaSharp;

namespace Dimec.Reporting;

/// <summary>
/// One picture for a README: the data map with its pools, the frontier, and where the samples went. Opaque, so that it reads on a dark page too.
/// </summary>
public static class SummaryPicture
{
    private const int Width = 1000;
    private const int Height = 790;
    private const float Edge = 24;

    /// <summary>Writes the picture as PNG, 2000 by 1580 pixels at the default scale.</summary>
    /// <param name="inputs">What it shows.</param>
    /// <param name="destination">Gets the PNG.</param>
    /// <param name="scale">Picture pixels for each of the 1000 by 790 plot pixels.</param>
    public static void WritePng(SummaryInputs inputs, Stream destination, float scale = 2)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var canvas = new PngCanvas(Width, Height, scale);
        Draw(canvas, inputs);
        canvas.Write(destination);
    }

    private static void Draw(PngCanvas canvas, SummaryInputs inputs)
    {
        canvas.Text(inputs.Title, new SKPoint(Edge, 44), new TextStyle(24, Bold: true));
        canvas.Text(inputs.Subtitle, new SKPoint(Edge, 70), new TextStyle(14, Ink.Muted));
        var panel = new TextStyle(15, Bold: true);
        const float top = 112;
        const float half = (Width - (3 * Edge)) / 2;
        canvas.Text("What is learned with ease, and what is not", new SKPoint(Edge, top), panel);
        DataMapPlot.Draw(canvas, new Box(Edge - 10, top + 6, half + 10, 570), inputs.Map);
        canvas.Text($"What it saves, on unseen {inputs.Frontier.Part} samples (n = {Formatting.Count(inputs.Frontier.Count)})", new SKPoint((2 * Edge) + half, top), panel);
        FrontierPlot.Draw(canvas, new Box((2 * Edge) + half - 10, top + 6, half + 10, 570), inputs.Frontier);
        Shares(canvas, inputs.Shares, new Box(Edge, Height - 66, Width - (2 * Edge), 26));
    }

    private static void Shares(PngCanvas canvas, IReadOnlyList<KeyValuePair<string, double>> shares, Box bar)
    {
        canvas.Text("Where the samples went", new SKPoint(bar.Left, bar.Top - 10), new TextStyle(15, Bold: true));
        var text = new TextStyle(13, Bold: true);
        var x = bar.Left;
        var free = bar.Left;
        for (var tier = 0; tier < shares.Count; tier++)
        {
            var (name, share) = shares[tier];
            var ink = Palette.Tier(tier, shares.Count);
            var width = bar.Width * (float)share;
            if (width > 0)
                canvas.Fill(new Box(x, bar.Top, Math.Max(1, width - 2), bar.Height), ink, radius: 3);
            // A label stands under its part; behind a small part it moves on to where there is room.
            var label = $"{name} {Formatting.Percent(share)}";
            var rest = shares.Skip(tier).Sum(s => Fonts.Measure($"{s.Key} {Formatting.Percent(s.Value)}", text) + 24) - 24;
            var at = Math.Max(free, Math.Min(x, bar.Right - rest));
            canvas.Text(label, new SKPoint(at, bar.Bottom + 20), text with { Ink = ink });
            free = at + Fonts.Measure(label, text) + 24;
            x += width;
        }
    }
}
