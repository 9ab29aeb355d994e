using SkiaSharp;

namespace Dimec.Reporting.Drawing;

/// <summary>The corners of the markers that have any.</summary>
internal static class Outlines
{
    public static SKPoint[] Of(Shape shape, SKPoint at, float radius) => shape switch
    {
        Shape.Square => Regular(at, radius * 1.2f, 4, 45),
        Shape.Diamond => Regular(at, radius * 1.25f, 4, 0),
        Shape.Triangle => Regular(at, radius * 1.3f, 3, -90),
        Shape.Star => Star(at, radius * 1.45f),
        Shape.Cross => Cross(at, radius * 1.1f),
        _ => [],
    };

    private static SKPoint[] Regular(SKPoint at, float radius, int corners, float turn)
    {
        var points = new SKPoint[corners];
        for (var i = 0; i < corners; i++)
            points[i] = OnCircle(at, radius, turn + (360f * i / corners));
        return points;
    }

    private static SKPoint[] Star(SKPoint at, float radius)
    {
        var points = new SKPoint[10];
        for (var i = 0; i < 10; i++)
            points[i] = OnCircle(at, i % 2 == 0 ? radius : radius * 0.45f, -90 + (36f * i));
        return points;
    }

    private static SKPoint[] Cross(SKPoint at, float radius)
    {
        var thin = radius * 0.32f;
        (float X, float Y)[] corners =
        [
            (0, -thin), (radius - thin, -radius), (radius, -radius + thin), (thin, 0), (radius, radius - thin), (radius - thin, radius),
            (0, thin), (-radius + thin, radius), (-radius, radius - thin), (-thin, 0), (-radius, -radius + thin), (-radius + thin, -radius),
        ];
        return [.. corners.Select(c => new SKPoint(at.X + c.X, at.Y + c.Y))];
    }

    private static SKPoint OnCircle(SKPoint at, float radius, float degrees)
    {
        var angle = degrees * MathF.PI / 180;
        return new SKPoint(at.X + (radius * MathF.Cos(angle)), at.Y + (radius * MathF.Sin(angle)));
    }
}
