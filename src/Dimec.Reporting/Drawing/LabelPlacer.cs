using SkiaSharp;

namespace Dimec.Reporting.Drawing;

/// <summary>Puts labels beside their points where nothing stands yet.</summary>
/// <param name="bounds">Where labels may be.</param>
internal sealed class LabelPlacer(Box bounds)
{
    /// <summary>From one baseline to the next, in ems.</summary>
    public const float LineHeight = 1.2f;

    private readonly List<Box> _taken = [];

    /// <summary>Keeps labels off a marker.</summary>
    public void Block(SKPoint at, float radius) => _taken.Add(new Box(at.X - radius, at.Y - radius, 2 * radius, 2 * radius));

    /// <summary>Keeps labels off a straight line, where they can be.</summary>
    public void BlockLine(SKPoint from, SKPoint to)
    {
        const float step = 6;
        var pieces = Math.Max(1, (int)(SKPoint.Distance(from, to) / step));
        for (var i = 0; i <= pieces; i++)
            Block(new SKPoint(from.X + ((to.X - from.X) * i / pieces), from.Y + ((to.Y - from.Y) * i / pieces)), step / 4);
    }

    /// <summary>Finds the first free place around a point: right, left, above, below, the corners, then further out.</summary>
    /// <returns>The start of the first baseline, for text anchored at its start.</returns>
    public SKPoint Place(IReadOnlyList<string> lines, SKPoint at, float gap, TextStyle style)
    {
        // The browser's font may be wider than the one measured.
        var width = lines.Max(line => Fonts.Measure(line, style)) * 1.06f;
        var height = style.Size * (1 + ((lines.Count - 1) * LineHeight));
        var best = default(Box);
        var least = float.MaxValue;
        foreach (var reach in (ReadOnlySpan<float>)[gap, gap + style.Size, gap + (2 * style.Size), gap + (4 * style.Size)])
        {
            foreach (var (x, y) in (ReadOnlySpan<(float, float)>)
            [
                (1, 0), (-1, 0), (0, -1), (0, 1), (0.8f, -0.8f), (-0.8f, -0.8f), (0.8f, 0.8f), (-0.8f, 0.8f),
            ])
            {
                var left = at.X + (reach * x) - (x > 0 ? 0 : x < 0 ? width : width / 2);
                if (x == 0)
                    left = Inside(left, width);
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
        return new SKPoint(best.Left, best.Top + (style.Size * 0.8f));
    }

    /// <summary>
    /// Finds the free place nearest to a wished one inside a room, or where it has none, above or below it inside the bounds.
    /// </summary>
    public Box Nearest(Box wish, Box room)
    {
        const float step = 4;
        const float gap = 7;
        var places =
            from x in Enumerable.Range(0, 1 + Math.Max(0, (int)((room.Width - wish.Width) / step)))
            from y in Enumerable.Range(0, 1 + Math.Max(0, (int)((room.Height - wish.Height) / step)))
            select wish with { Left = room.Left + (x * step), Top = room.Top + (y * step) };
        var inside = places.Prepend(wish)
            .Where(box => Overlap(box.Inset(-gap, 0, -gap, 0)) <= 0
                && Outside(box) <= 0 && box.Top >= room.Top && box.Bottom <= room.Bottom)
            .OrderBy(box => Math.Abs(box.Left - wish.Left) + Math.Abs(box.Top - wish.Top))
            .Select(box => (Box?)box)
            .FirstOrDefault();
        if (inside is not { } found)
            return Nearest(wish);
        _taken.Add(found);
        return found;
    }

    /// <summary>Finds the free place nearest to a wished one, inside the bounds, by moving it up or down.</summary>
    public Box Nearest(Box wish)
    {
        var left = Inside(wish.Left, wish.Width);
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

    private float Inside(float left, float width) => Math.Clamp(left, bounds.Left, Math.Max(bounds.Left, bounds.Right - width));

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
