using Dimec.Reporting.Drawing;
using Dimec.Reporting.Frontiers;
using SkiaSharp;

namespace Dimec.Reporting;

/// <summary>One drawing of a frontier: scales first, then axes, bars, lines, markers and labels.</summary>
internal sealed class FrontierDrawing
{
    // Six points below the cloud is more than anybody asks for. What lies lower stands at the rim with its figure, so that the points to
    // choose between keep their room.
    private const double Floor = -0.06;

    // Labels of points nearer than this would stand on each other: they share one.
    private const float Together = 8;

    private static readonly Shape[] s_shapes = [Shape.Circle, Shape.Diamond, Shape.Triangle, Shape.Cross];

    private readonly ICanvas _canvas;
    private readonly Frontier _frontier;
    private readonly float _size;
    private readonly Box _box;
    private readonly Box _plot;
    private readonly Axis _x;
    private readonly Axis _y;
    private readonly LabelPlacer _labels;
    private readonly List<(FrontierSeries Series, Shape Shape, Ink Ink)> _styles = [];
    private readonly List<(string Name, string Figures, SKPoint At, Ink Ink)> _pending = [];

    public FrontierDrawing(ICanvas canvas, Box box, Frontier frontier)
    {
        (_canvas, _box, _frontier) = (canvas, box, frontier);
        _size = box.Width < 480 ? 12 : 13;
        Style();
        var legend = Legend.Draw(null, LegendBox(0), _size, LegendEntries()) * Legend.RowHeight(_size);
        _plot = box.Inset(48, 14, 14, 48 + legend);
        var shown = frontier.Series.Where(s => s.Kind != FrontierKind.UpperBound).SelectMany(s => s.Points).ToList();
        if (frontier.Chosen is { } chosen)
            shown.Add(chosen);
        var (left, right) = Range(shown.Select(p => p.Reduction).Append(0), 0.08, 0.1);
        var (bottom, top) = Range(
            shown.SelectMany(p => (double[])[-p.Drop, -p.DropLow, -p.DropHigh]).Select(change => Math.Max(change, Floor)).Append(0),
            0.06, 0.01);
        _x = new Axis(left * 100, right * 100, _plot.Left, _plot.Right);
        _y = new Axis(bottom * 100, top * 100, _plot.Bottom, _plot.Top);
        _labels = new LabelPlacer(_plot.Inset(2, 2, 2, 2));
    }

    public void Draw()
    {
        Axes();
        foreach (var (series, _, ink) in _styles.Where(s => s.Series.Kind != FrontierKind.UpperBound))
            Bars(series, ink);
        foreach (var (series, _, ink) in _styles.Where(s => s.Series.Kind == FrontierKind.Sweep))
            Curve(series, ink);
        foreach (var (series, shape, ink) in _styles)
            Marks(series, shape, ink);
        Chosen();
        Legend.Draw(_canvas, LegendBox(_plot.Bottom + 48), _size, LegendEntries());
        Labels();
    }

    private void Labels()
    {
        while (_pending.Count > 0)
        {
            var first = _pending[0];
            var group = _pending.Where(other => SKPoint.Distance(other.At, first.At) < Together).ToList();
            _pending.RemoveAll(group.Contains);
            string[] lines =
            [
                string.Join(" = ", group.Select(label => label.Name)),
                .. group.Select(label => label.Figures).Where(figures => figures.Length > 0),
            ];
            var style = new TextStyle(_size, first.Ink, Bold: true, Halo: true);
            var at = _labels.Place(lines, first.At, 11, style);
            for (var i = 0; i < lines.Length; i++)
                _canvas.Text(lines[i], new SKPoint(at.X, at.Y + (i * LabelPlacer.LineHeight * style.Size)), style);
        }
    }

    private void Style()
    {
        var tiers = _frontier.Series.Where(s => s.Kind == FrontierKind.SingleTier).Sum(s => s.Points.Count);
        var (tier, next) = (0, 0);
        foreach (var series in _frontier.Series)
        {
            switch (series.Kind)
            {
                case FrontierKind.SingleTier:
                    foreach (var point in series.Points)
                        _styles.Add((series with { Points = [point] }, Shape.Square, Palette.Tier(tier++, tiers)));
                    break;
                case FrontierKind.UpperBound:
                    _styles.Add((series, Shape.Star, Ink.Muted));
                    break;
                case FrontierKind.Baseline:
                    _styles.Add((series, Shape.Cross, Ink.Muted));
                    break;
                default:
                    // Colours come again after six: then with another shape.
                    _styles.Add((series, s_shapes[(next + (next / Palette.SeriesCount)) % 3], Palette.Series(next++)));
                    break;
            }
        }
    }

    private List<(Shape, Ink, string)> LegendEntries()
    {
        var entries = _styles
            .Where(s => s.Series.Kind != FrontierKind.SingleTier)
            .Select(s => (s.Shape, s.Ink, LegendText(s.Series)))
            .ToList();
        if (_frontier.Chosen is not null)
            entries.Insert(0, (Shape.Ring, Ink.Text, "chosen plan"));
        if (_frontier.Series.Any(s => s.Kind == FrontierKind.SingleTier))
            entries.Add((Shape.Square, Ink.TierLast, "one tier for all"));
        return entries;
    }

    private static string LegendText(FrontierSeries series) => series.Kind switch
    {
        FrontierKind.Sweep => $"{series.Name} (sweep)",
        FrontierKind.UpperBound => $"{series.Name} (upper bound)",
        _ => series.Name,
    };

    private Box LegendBox(float top) => new(_box.Left + 14, top, _box.Width - 28, 0);

    private void Axes()
    {
        var small = new TextStyle(_size - 1, Ink.Muted);
        foreach (var tick in _y.Ticks(6))
        {
            _canvas.Line(new Stroke(Ink.Grid), new SKPoint(_plot.Left, _y.At(tick)), new SKPoint(_plot.Right, _y.At(tick)));
            _canvas.Text(Signed(tick), new SKPoint(_plot.Left - 6, _y.At(tick) + (_size * 0.35f)), small with { Anchor = Anchor.End });
        }

        foreach (var tick in _x.Ticks(_plot.Width < 400 ? 4 : 7))
        {
            _canvas.Line(new Stroke(Ink.Grid), new SKPoint(_x.At(tick), _plot.Top), new SKPoint(_x.At(tick), _plot.Bottom));
            _canvas.Text(
                $"{Formatting.Number(tick, 0)} %", new SKPoint(_x.At(tick), _plot.Bottom + 17), small with { Anchor = Anchor.Middle });
        }

        _canvas.Line(new Stroke(Ink.Muted, 1.5f), new SKPoint(_plot.Left, _y.At(0)), new SKPoint(_plot.Right, _y.At(0)));
        var title = new TextStyle(_size, Ink.Text, Anchor.Middle);
        _canvas.Text(FrontierSentences.AcrossAxis, new SKPoint(_plot.Left + (_plot.Width / 2), _plot.Bottom + 36), title);
        _canvas.Text(
            FrontierSentences.UpAxis, new SKPoint(_box.Left + 14, _plot.Top + (_plot.Height / 2)), title with { Upright = true });
    }

    private void Bars(FrontierSeries series, Ink ink)
    {
        var faint = series.Kind == FrontierKind.Sweep;
        foreach (var point in series.Points.Where(IsFinite))
            Bar(point, ink, faint ? 0.3f : 0.9f);
    }

    private void Bar(PlottedPoint point, Ink ink, float opacity)
    {
        var x = _x.At(point.Reduction * 100);
        var (low, high) = (_y.At(Math.Max(-point.DropHigh * 100, _y.Low)), _y.At(-point.DropLow * 100));
        if (high < low)
            _canvas.Line(new Stroke(ink, 1.5f, Opacity: opacity), new SKPoint(x, low), new SKPoint(x, high));
    }

    /// <summary>A sweep's line, as far as it is on the scale.</summary>
    private void Curve(FrontierSeries series, Ink ink)
    {
        var points = series.Points.Where(IsFinite).Select(At).ToArray();
        var piece = new List<SKPoint>();
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (Cut(points[i - 1], points[i]), Cut(points[i], points[i - 1]));
            if (from.Y <= _plot.Bottom && to.Y <= _plot.Bottom)
            {
                piece.AddRange(piece.Count == 0 ? [from, to] : [to]);
                _labels.BlockLine(from, to);
            }

            if (piece.Count > 0 && (i == points.Length - 1 || points[i].Y > _plot.Bottom))
            {
                _canvas.Line(new Stroke(ink, 1.75f), [.. piece]);
                piece.Clear();
            }
        }
    }

    /// <summary>The point itself, or where the line to the other one enters the plot from below.</summary>
    private SKPoint Cut(SKPoint point, SKPoint other) => point.Y <= _plot.Bottom || other.Y > _plot.Bottom
        ? point
        : new SKPoint(point.X + ((other.X - point.X) * (point.Y - _plot.Bottom) / (point.Y - other.Y)), _plot.Bottom);

    private void Marks(FrontierSeries series, Shape shape, Ink ink)
    {
        var radius = series.Kind == FrontierKind.Sweep ? 3.5f : 6;
        foreach (var point in series.Points.Where(IsFinite))
        {
            var inside = IsInside(point);
            if (!inside && series.Kind == FrontierKind.Sweep)
                continue;
            var at = AtOrRim(point);
            _canvas.Mark(shape, at, radius, ink, Hint(series, point));
            _labels.Block(at, radius + 1);
            if (series.Kind != FrontierKind.Sweep)
                _pending.Add((point.Label, inside ? "" : Signed(-point.Drop * 100) + Beyond(point), at, ink));
        }
    }

    private void Chosen()
    {
        if (_frontier.Chosen is not { } chosen || !IsFinite(chosen))
            return;
        var at = AtOrRim(chosen);
        Bar(chosen, Ink.Text, 1);
        _canvas.Mark(Shape.Ring, at, 9, Ink.Text, $"chosen: {Hint(null, chosen)}");
        _labels.Block(at, 13);
        var figures = FrontierSentences.FormatChosen(
            saved: Formatting.Percent(chosen.Reduction), change: Formatting.SignedPoints(-chosen.Drop))
            + (IsInside(chosen) ? "" : Beyond(chosen));
        _pending.Insert(0, ("chosen", figures, at, Ink.Text));
    }

    private string Hint(FrontierSeries? series, PlottedPoint point) => FrontierSentences.FormatHint(
        name: series is null || series.Name == point.Label ? point.Label : $"{series.Name}, {point.Label}",
        saved: Formatting.Percent(point.Reduction),
        cost: Formatting.Cost(point.Cost, _frontier.Unit),
        change: Formatting.SignedPoints(-point.Drop),
        low: Formatting.SignedPoints(-point.DropHigh),
        high: Formatting.SignedPoints(-point.DropLow),
        n: Formatting.Count(_frontier.Count));

    private SKPoint At(PlottedPoint point) => new(_x.At(point.Reduction * 100), _y.At(-point.Drop * 100));

    private bool IsInside(PlottedPoint point) => _y.Contains(-point.Drop * 100) && _x.Contains(point.Reduction * 100);

    /// <summary>Which way a point lies that is off the scale.</summary>
    private string Beyond(PlottedPoint point) => -point.Drop * 100 < _y.Low ? " ↓" : -point.Drop * 100 > _y.High ? " ↑" : " →";

    /// <summary>Where the point is, or the nearest place at the rim where it is off the scale.</summary>
    private SKPoint AtOrRim(PlottedPoint point)
    {
        var at = At(point);
        return IsInside(point)
            ? at
            : new SKPoint(Math.Clamp(at.X, _plot.Left + 8, _plot.Right - 8), Math.Clamp(at.Y, _plot.Top + 9, _plot.Bottom - 9));
    }

    private static bool IsFinite(PlottedPoint point) => double.IsFinite(point.Reduction) && double.IsFinite(point.Drop);

    private static string Signed(double points) =>
        Formatting.SignedPoints(points / 100) is var text && text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;

    private static (double Low, double High) Range(IEnumerable<double> values, double share, double least)
    {
        var finite = values.Where(double.IsFinite).ToList();
        return Axis.Pad(finite.Min(), finite.Max(), share, least);
    }
}
