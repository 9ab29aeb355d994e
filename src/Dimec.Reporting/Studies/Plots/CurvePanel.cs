using Dimec.Reporting.Drawing;
using SkiaSharp;

namespace Dimec.Reporting.Studies;

/// <summary>A plot of lines, or one of several beside each other.</summary>
/// <param name="Title">What stands above it; empty for nothing.</param>
/// <param name="Across">What the horizontal scale counts.</param>
/// <param name="Up">What the vertical scale counts.</param>
/// <param name="X">The ends of the horizontal scale.</param>
/// <param name="Y">The ends of the vertical scale.</param>
/// <param name="Curves">The lines.</param>
/// <param name="Diagonal">With a line where both scales say the same.</param>
internal sealed record CurvePanel(
    string Title, string Across, string Up, (double Low, double High) X, (double Low, double High) Y, IReadOnlyList<Curve> Curves,
    bool Diagonal = false)
{
    public void Draw(ICanvas canvas, Box box, float size)
    {
        var plot = box.Inset(46, Title.Length > 0 ? 20 : 6, 10, 40);
        var (x, y) = (new Axis(X.Low, X.High, plot.Left, plot.Right), new Axis(Y.Low, Y.High, plot.Bottom, plot.Top));
        var small = new TextStyle(size - 1, Ink.Muted);
        foreach (var tick in y.Ticks(plot.Height < 160 ? 3 : 5))
        {
            canvas.Line(new Stroke(Ink.Grid), new SKPoint(plot.Left, y.At(tick)), new SKPoint(plot.Right, y.At(tick)));
            canvas.Text(Label(tick), new SKPoint(plot.Left - 5, y.At(tick) + (size * 0.35f)), small with { Anchor = Anchor.End });
        }

        foreach (var tick in x.Ticks(plot.Width < 200 ? 3 : 6))
        {
            canvas.Line(new Stroke(Ink.Grid), new SKPoint(x.At(tick), plot.Top), new SKPoint(x.At(tick), plot.Bottom));
            canvas.Text(Label(tick), new SKPoint(x.At(tick), plot.Bottom + size + 2), small with { Anchor = Anchor.Middle });
        }

        canvas.Outline(plot, new Stroke(Ink.Muted));
        if (Diagonal)
        {
            canvas.Line(
                new Stroke(Ink.Muted, 1, Dashed: true), new SKPoint(x.At(X.Low), y.At(X.Low)), new SKPoint(x.At(X.High), y.At(X.High)));
        }

        if (Title.Length > 0)
            canvas.Text(Title, new SKPoint(plot.Left, box.Top + size), new TextStyle(size, Bold: true));
        canvas.Text(
            Across, new SKPoint(plot.Left + (plot.Width / 2), plot.Bottom + (2 * size) + 8), new TextStyle(size, Anchor: Anchor.Middle));
        canvas.Text(
            Up, new SKPoint(box.Left + size, plot.Top + (plot.Height / 2)), new TextStyle(size, Anchor: Anchor.Middle, Upright: true));
        foreach (var curve in Curves)
            Draw(canvas, curve, x, y);
    }

    private static void Draw(ICanvas canvas, Curve curve, Axis x, Axis y)
    {
        SKPoint[] points = [.. curve.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))
            .Select(point => new SKPoint(x.At(point.X), y.At(point.Y)))];
        if (points.Length > 1)
            canvas.Line(new Stroke(curve.Ink, 1.75f, curve.Dashed), points);
        if (!curve.Marked)
            return;
        foreach (var point in points)
            canvas.Mark(curve.Shape, point, 3.5f, curve.Ink);
    }

    private static string Label(double tick) =>
        Formatting.Cost(tick, "") is var text && text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
}
