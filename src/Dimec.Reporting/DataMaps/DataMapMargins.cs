using Dimec.Reporting.Drawing;
using SkiaSharp;

namespace Dimec.Reporting;

/// <summary>The marginal densities of a data map: confidence, variability and correctness of all its samples.</summary>
internal sealed class DataMapMargins(ICanvas canvas, DataMapInputs map, double widest, float size)
{
    private const int Bins = 24;

    public void Draw(Box[] boxes)
    {
        var bins = new CorrectnessBins(map.Epochs);
        var cuts = map.Thresholds;
        Density(
            boxes[0], "confidence μ", Histogram.Count(map.Samples.Select(s => s.Confidence), 0, 1, Bins), 1,
            cuts is null ? [] : [cuts.Alpha]);
        Density(
            boxes[1], "variability σ", Histogram.Count(map.Samples.Select(s => s.Variability), 0, widest, Bins), widest, cuts?.Betas ?? []);
        var correctness = new int[map.Epochs + 1];
        foreach (var sample in map.Samples)
            correctness[Math.Clamp(sample.Correctness, 0, map.Epochs)]++;
        Bars(boxes[2], "epochs right", correctness, i => Palette.Level(bins.Of(i), bins.Count));
        Ends(boxes[2], "0", $"{map.Epochs}");
    }

    private void Density(Box box, string title, int[] counts, double high, IReadOnlyList<double> cuts)
    {
        Bars(box, title, counts, _ => Ink.Muted);
        Ends(box, "0", Formatting.Number(high, high < 1 ? 2 : 0));
        foreach (var cut in cuts)
        {
            var x = box.Left + (box.Width * (float)Math.Clamp(cut / high, 0, 1));
            canvas.Line(new Stroke(Ink.Text, 1.5f, Dashed: true), new SKPoint(x, box.Top), new SKPoint(x, box.Bottom));
        }
    }

    private void Bars(Box box, string title, int[] counts, Func<int, Ink> ink)
    {
        var most = Math.Max(1, counts.Max());
        var (name, peak) = (new TextStyle(size + 1), new TextStyle(size, Ink.Muted, Anchor.End));
        canvas.Text(title, new SKPoint(box.Left, box.Top - 5), name);
        if (Fonts.Measure(title, name) + Fonts.Measure(Peak(most), peak) + 14 < box.Width)
            canvas.Text(Peak(most), new SKPoint(box.Right, box.Top - 5), peak);
        var step = box.Width / counts.Length;
        for (var i = 0; i < counts.Length; i++)
        {
            var height = box.Height * counts[i] / most;
            if (height > 0)
                canvas.Fill(new Box(box.Left + (i * step) + 0.5f, box.Bottom - height, Math.Max(0.5f, step - 1), height), ink(i), 0.85f);
        }

        canvas.Line(new Stroke(Ink.Muted), new SKPoint(box.Left, box.Bottom), new SKPoint(box.Right, box.Bottom));
    }

    private static string Peak(int most) => $"peak {Formatting.Count(most)}";

    private void Ends(Box box, string low, string high)
    {
        canvas.Text(low, new SKPoint(box.Left, box.Bottom + size + 3), new TextStyle(size, Ink.Muted));
        canvas.Text(high, new SKPoint(box.Right, box.Bottom + size + 3), new TextStyle(size, Ink.Muted, Anchor.End));
    }
}
