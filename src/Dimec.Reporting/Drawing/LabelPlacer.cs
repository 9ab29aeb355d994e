using SkiaSharp;

namespace Dimec.Reporting.Drawing;

/// <summary>Puts labels beside their points where nothing stands yet.</summary>
/// <param name="bounds">Where labels may be.</param>
internal sealed class LabelPlacer(Box bounds)
{
    private readonly List<Box> _taken = [];

    /// <summary>Keeps labels off a marker.</summary>
    public void Block(SKPoint at, float radius) => _taken.Add(new Box(at.X - radius, at.Y - radius, 2 * radius, 2 * radius));

    /// <summary>Finds the first free place around a point: right, left, above, below, the corners, then further out.</summary>
    /// <returns>The baseline's start, for text anchored at its start.</returns>
    public SKPoint Place(string text, SKPoint at, float gap, TextStyle style)
    {
        // The browser's font may be wider than the one measured.
        var width = Fonts.Measure(text, style) * 1.06f;
        var height = style.Size;
        var best = default(Box);
        var least = float.MaxValue;
        foreach (var reach in (ReadOnlySpan<float>)[gap, gap + height, gap + (2 * height), gap + (4 * height)])
        {
            foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(1, 0), (-1, 0), (0, -1), (0, 1), (0.8f, -0.8f), (-0.8f, -0.8f), (0.8f, 0.8f), (-0.8f, 0.8f)])
            {
                var left = at.X + (reach * x) - (x > 0 ? 0 : x < 0 ? width : width / 2);
                var top = at.Y + (reach * y) - (y > 0 ? 0 : y < 0 ? height : height / 2);
                var box = new Box(left, top, width, height);
                var trouble = Overlap(box) + Outside(box);
                if (trouble >= least)
                    continue;
                (best, least) = (box, trouble);
            }

            if (least <= 0)
                break;
        }

        _taken.Add(best);
        return new SKPoint(best.Left, best.Bottom - (height * 0.2f));
    }

    /// <summary>Finds the free place nearest to a wished one, inside the bounds, by moving it up or down.</summary>
    public Box Nearest(Box wish)
    {
        var left = Math.Clamp(wish.Left, bounds.Left, Math.Max(bounds.Left, bounds.Right - wish.Width));
        var top = Math.Clamp(wish.Top, bounds.Top, Math.Max(bounds.Top, bounds.Bottom - wish.Height));
        var found = wish with { Left = left, Top = top };
        for (var move = 0f; move < bounds.Height; move += 4)
        {
            Box[] candidates = [found with { Top = top - move }, found with { Top = top + move }];
            var free = Array.FindIndex(candidates, box => Overlap(box) <= 0 && Outside(box) <= 0);
            if (free < 0)
                continue;
            found = candidates[free];
            break;
        }

        _taken.Add(found);
        return found;
    }

    private float Overlap(Box box)
    {
        var area = 0f;
        foreach (var other in _taken)
        {
            var width = Math.Min(box.Right, other.Right) - Math.Max(box.Left, other.Left);
            var height = Math.Min(box.Bottom, other.Bottom) - Math.Max(box.Top, other.Top);
            if (width > 0 && height > 0)
                area += width * height;
        }

        return area;
    }

    private float Outside(Box box) =>
        20 * (Math.Max(0, bounds.Left - box.Left) + Math.Max(0, box.Right - bounds.Right)
            + Math.Max(0, bounds.Top - box.Top) + Math.Max(0, box.Bottom - bounds.Bottom));
}
