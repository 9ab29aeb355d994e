using Dimec.Reporting.DataMaps;
using Dimec.Reporting.Drawing;
using SkiaSharp;

namespace Dimec.Reporting;

/// <summary>One drawing of a data map: the scatter, then its pools, its margins and its legend.</summary>
internal sealed class DataMapDrawing
{
    private const float Margins = 168;

    private readonly ICanvas _canvas;
    private readonly DataMapInputs _map;
    private readonly Box _box;
    private readonly Box _plot;
    private readonly bool _narrow;
    private readonly float _size;
    private readonly Axis _x;
    private readonly Axis _y;
    private readonly CorrectnessBins _bins;
    private readonly float _legend;

    public DataMapDrawing(ICanvas canvas, Box box, DataMapInputs map)
    {
        (_canvas, _box, _map) = (canvas, box, map);
        _narrow = box.Width < 520;
        _size = _narrow ? 12 : 13;
        _bins = new CorrectnessBins(map.Epochs);
        _legend = (Legend.Draw(null, LegendBox(0), _size, LegendEntries()) + (_narrow ? 2 : 1)) * Legend.RowHeight(_size);
        var inner = box.Inset(48, 14, 14, 48 + _legend);
        _plot = _narrow ? inner with { Height = inner.Height - 114 } : inner with { Width = inner.Width - Margins - 26 };
        var widest = map.Samples.Max(s => s.Variability);
        _x = new Axis(0, Math.Max(0.1, Math.Ceiling((widest * 1.02) / 0.05) * 0.05), _plot.Left, _plot.Right);
        _y = new Axis(0, 1, _plot.Bottom, _plot.Top);
    }

    public void Draw()
    {
        Axes();
        var regions = new DataMapRegions(_canvas, _map, _x, _y, _size);
        regions.Fill();
        Dots();
        regions.OutlineAndName();
        new DataMapMargins(_canvas, _map, _x.High, _size - 2).Draw(MarginBoxes());
        var top = _box.Bottom - _legend - 2;
        var muted = new TextStyle(_size, Ink.Muted);
        var epochs = _map.Exit is { } layer
            ? DataMapSentences.FormatEpochsRightAtExit(epochs: _map.Epochs, exit: layer)
            : DataMapSentences.FormatEpochsRight(epochs: _map.Epochs);
        _canvas.Text(epochs, new SKPoint(_box.Left + 14, top + _size), muted);
        Legend.Draw(_canvas, LegendBox(top + Legend.RowHeight(_size)), _size, LegendEntries());
        _canvas.Text(Shown(), _narrow ? new SKPoint(_box.Left + 14, _box.Bottom - 8) : new SKPoint(_box.Right - 14, _box.Bottom - 8),
            muted with { Size = _size - 1, Anchor = _narrow ? Anchor.Start : Anchor.End });
    }

    private string Shown()
    {
        var (shown, margins, all) = (Math.Min(_map.Shown, _map.Samples.Count), _map.Samples.Count, _map.Of ?? _map.Samples.Count);
        var n = Formatting.Count(all);
        if (shown == all)
            return DataMapSentences.FormatAllShown(n: n);
        return margins == all
            ? DataMapSentences.FormatSomeShown(shown: Formatting.Count(shown), n: n)
            : DataMapSentences.FormatSomeShownBesideMargins(shown: Formatting.Count(shown), n: n, margins: Formatting.Count(margins));
    }

    private Box[] MarginBoxes()
    {
        if (_narrow)
        {
            var width = (_box.Width - 28 - 24) / 3;
            return [.. Enumerable.Range(0, 3).Select(i => new Box(_box.Left + 14 + (i * (width + 12)), _plot.Bottom + 70, width, 70))];
        }

        var height = (_plot.Height + 22 - (2 * 46)) / 3;
        return [.. Enumerable.Range(0, 3)
            .Select(i => new Box(_box.Right - 14 - Margins, _plot.Top + 18 + (i * (height + 38)), Margins, height - 12))];
    }

    private List<(Shape, Ink, string)> LegendEntries()
    {
        var entries = new List<(Shape, Ink, string)>();
        for (var bin = 0; bin < _bins.Count; bin++)
            entries.Add((Shape.Circle, Palette.Level(bin, _bins.Count), _bins.Label(bin)));
        return entries;
    }

    private Box LegendBox(float top) => new(_box.Left + 14, top, _box.Width - 28, 0);

    private void Axes()
    {
        var small = new TextStyle(_size - 1, Ink.Muted);
        foreach (var tick in _y.Ticks(5))
        {
            _canvas.Line(new Stroke(Ink.Grid), new SKPoint(_plot.Left, _y.At(tick)), new SKPoint(_plot.Right, _y.At(tick)));
            _canvas.Text(
                Formatting.Number(tick, 1), new SKPoint(_plot.Left - 6, _y.At(tick) + (_size * 0.35f)), small with { Anchor = Anchor.End });
        }

        foreach (var tick in _x.Ticks(5))
        {
            _canvas.Line(new Stroke(Ink.Grid), new SKPoint(_x.At(tick), _plot.Top), new SKPoint(_x.At(tick), _plot.Bottom));
            _canvas.Text(Tick(tick), new SKPoint(_x.At(tick), _plot.Bottom + 17), small with { Anchor = Anchor.Middle });
        }

        var title = new TextStyle(_size, Ink.Text, Anchor.Middle);
        _canvas.Text("variability σ →", new SKPoint(_plot.Left + (_plot.Width / 2), _plot.Bottom + 36), title);
        _canvas.Text("confidence μ →", new SKPoint(_box.Left + 16, _plot.Top + (_plot.Height / 2)), title with { Upright = true });
    }

    private void Dots()
    {
        // The rarest bins are drawn last, so that the crowd does not hide them; equal places once, which keeps the SVG small.
        var groups = DataMapSampling.Take(_map.Samples, _map.Shown).GroupBy(s => _bins.Of(s.Correctness));
        foreach (var group in groups.OrderByDescending(g => g.Count()).ThenBy(g => g.Key))
        {
            var places = group.Select(s => new SKPoint(Round(_x.At(s.Variability)), Round(_y.At(s.Confidence)))).Distinct().ToList();
            _canvas.Dots(places, _narrow ? 1.6f : 2.1f, Palette.Level(group.Key, _bins.Count), 0.75f);
        }
    }

    private static float Round(float pixel) => MathF.Round(pixel * 2) / 2;

    private static string Tick(double value) => Formatting.Number(value, 2) is var text && text.EndsWith('0') ? text[..^1] : text;
}
