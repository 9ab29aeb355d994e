using Dimec.Pools;
using Dimec.Reporting.Drawing;
using SkiaSharp;

namespace Dimec.Reporting;

/// <summary>The pools' regions on the map: tints below the dots, outlines and names above them.</summary>
internal sealed class DataMapRegions
{
    private const char Subscript = '\u2081';

    private readonly ICanvas _canvas;
    private readonly float _size;
    private readonly Axis _x;
    private readonly Axis _y;
    private readonly PoolThresholds? _cuts;
    private readonly IReadOnlyList<DataMapPool> _pools;
    private readonly int _count;
    private readonly bool _corner;

    public DataMapRegions(ICanvas canvas, DataMapInputs map, Axis x, Axis y, float size)
    {
        (_canvas, _x, _y, _size, _cuts, _count) = (canvas, x, y, size, map.Thresholds, map.Samples.Count);
        _pools = DataMapPool.Of(map);
        _corner = map.HardRule == HardRule.LowConfidenceAndVariability && _cuts?.Betas.Count > 0;
    }

    public void Fill()
    {
        for (var tier = 0; tier < _pools.Count; tier++)
            _canvas.Fill(Region(tier), _pools[tier].Ink, 0.1f);
    }

    public void OutlineAndName()
    {
        if (_cuts is null)
            return;
        var cut = new Stroke(Ink.Text, 1.5f, Dashed: true);
        var alpha = Y(_cuts.Alpha);
        _canvas.Line(cut, new SKPoint(_x.Start, alpha), new SKPoint(_corner ? X(_cuts.Betas[0]) : _x.End, alpha));
        foreach (var beta in _cuts.Betas)
            _canvas.Line(cut, new SKPoint(X(beta), _y.End), new SKPoint(X(beta), _corner ? _y.Start : alpha));
        var names = new LabelPlacer(new Box(_x.Start + 4, _y.End + 4, _x.End - _x.Start - 8, _y.Start - _y.End - 8));
        names.BlockLine(new SKPoint(_x.Start, alpha), new SKPoint(_corner ? X(_cuts.Betas[0]) : _x.End, alpha));
        var small = new TextStyle(_size - 1, Halo: true);
        Cut(
            names, $"α = {Formatting.Number(_cuts.Alpha, 3)}", small, (_corner ? X(_cuts.Betas[0]) : _x.End) - 4, alpha - 4 - small.Size,
            toRight: false);
        for (var i = 0; i < _cuts.Betas.Count; i++)
        {
            Cut(
                names, $"β{(_cuts.Betas.Count > 1 ? $"{(char)(Subscript + i)}" : "")} = {Formatting.Number(_cuts.Betas[i], 3)}", small,
                X(_cuts.Betas[i]) + 4, _y.End + 4, toRight: true);
        }

        for (var tier = _pools.Count - 1; tier >= 0; tier--)
            Name(names, tier);
    }

    private void Cut(LabelPlacer names, string text, TextStyle style, float x, float top, bool toRight)
    {
        var width = Fonts.Measure(text, style) * 1.06f;
        var at = names.Nearest(new Box(toRight ? x : x - width, top, width, style.Size));
        _canvas.Text(text, new SKPoint(at.Left, at.Top + (style.Size * 0.85f)), style);
    }

    private void Name(LabelPlacer names, int tier)
    {
        var (pool, region) = (_pools[tier], Region(tier));
        var title = new TextStyle(_size, pool.Ink, Bold: true, Halo: true);
        var plain = title with { Size = _size - 1, Bold = false, Ink = Ink.Text };
        // A region too flat for two lines says it in one.
        var flat = pool.Count == 0 || region.Height < 5 * _size;
        var share = pool.Count == 0 ? "empty" : Share(pool.Count);
        var (first, second) = (Fonts.Measure(pool.Label, title) + (flat ? 5 : 0), Fonts.Measure(share, plain) * 1.06f);
        var (width, height) = flat ? (first + second, 1.2f * _size) : (Math.Max(first, second), 2.4f * _size);
        // Easy and hard in their outer corners, where the map is thinnest; what lies between at its right end.
        var left = tier == 0 ? region.Left + 8 : region.Right - 8 - width;
        var top = tier == _pools.Count - 1 ? region.Bottom - 12 - height : tier == 0 ? region.Bottom - 8 - height : region.Top + 8;
        // The easy pool may be narrower than its name, which then goes on to the right in the same strip.
        var at = names.Nearest(new Box(left, top, width, height), tier == 0 ? region with { Width = _x.End - region.Left } : region);
        _canvas.Text(pool.Label, new SKPoint(at.Left, at.Top + _size), title);
        _canvas.Text(share, flat ? new SKPoint(at.Left + first, at.Top + _size) : new SKPoint(at.Left, at.Top + (2.25f * _size)), plain);
    }

    private string Share(int count) => count < 0.005 * _count
        ? $"{Formatting.Count(count)} of {Formatting.Count(_count)}"
        : $"{Formatting.Percent((double)count / _count, 0)} of {Formatting.Count(_count)}";

    private Box Region(int tier)
    {
        var last = tier == _pools.Count - 1;
        var betas = _cuts!.Betas;
        var left = last || tier == 0 ? _x.Start : X(betas[tier - 1]);
        var right = last ? (_corner ? X(betas[0]) : _x.End) : tier < betas.Count ? X(betas[tier]) : _x.End;
        var top = last ? Y(_cuts.Alpha) : _y.End;
        var bottom = last || (_corner && tier > 0) ? _y.Start : Y(_cuts.Alpha);
        return new Box(left, top, right - left, bottom - top);
    }

    // A cut may lie outside the scale: "nobody" or "everybody" is what it then says.
    private float X(double beta) => _x.At(Math.Clamp(beta, _x.Low, _x.High));

    private float Y(double alpha) => _y.At(Math.Clamp(alpha, _y.Low, _y.High));
}
