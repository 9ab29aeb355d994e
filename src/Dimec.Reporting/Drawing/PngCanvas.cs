using SkiaSharp;

namespace Dimec.Reporting.Drawing;

/// <summary>Draws into a bitmap with an opaque light background, so that the picture reads on a dark page as well.</summary>
internal sealed class PngCanvas : ICanvas, IDisposable
{
    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;

    /// <summary>Creates a canvas.</summary>
    /// <param name="width">Width in the plot's pixels.</param>
    /// <param name="height">Height in the plot's pixels.</param>
    /// <param name="scale">Pixels of the bitmap for each of the plot's.</param>
    public PngCanvas(int width, int height, float scale)
    {
        _bitmap = new SKBitmap(new SKImageInfo((int)(width * scale), (int)(height * scale), SKColorType.Rgba8888, SKAlphaType.Opaque));
        _canvas = new SKCanvas(_bitmap);
        _canvas.Clear(Palette.Light(Ink.Background));
        _canvas.Scale(scale);
    }

    /// <summary>Writes the picture as PNG.</summary>
    public void Write(Stream destination)
    {
        _canvas.Flush();
        using var pixels = _bitmap.PeekPixels();
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 9));
        (data ?? throw new InvalidOperationException("Skia could not encode the picture")).SaveTo(destination);
    }

    public void Fill(Box box, Ink ink, float opacity = 1, float radius = 0, string? hint = null)
    {
        using var paint = Paint(ink, opacity);
        _canvas.DrawRoundRect(Rectangle(box), radius, radius, paint);
    }

    public void Outline(Box box, Stroke stroke)
    {
        using var paint = Paint(stroke);
        _canvas.DrawRect(Rectangle(box), paint);
    }

    public void Line(Stroke stroke, params ReadOnlySpan<SKPoint> points)
    {
        using var path = Path(points, close: false);
        using var paint = Paint(stroke);
        _canvas.DrawPath(path, paint);
    }

    public void Dots(IReadOnlyCollection<SKPoint> centres, float radius, Ink ink, float opacity)
    {
        using var layer = new SKPaint { Color = SKColors.Black.WithAlpha(Alpha(opacity)) };
        _canvas.SaveLayer(layer);
        using var paint = Paint(ink, 1);
        foreach (var centre in centres)
            _canvas.DrawCircle(centre, radius, paint);
        _canvas.Restore();
    }

    public void Mark(Shape shape, SKPoint at, float radius, Ink ink, string? hint = null)
    {
        using var rim = Paint(new Stroke(Ink.Background, shape == Shape.Ring ? 5 : 3));
        using var fill = shape == Shape.Ring ? Paint(new Stroke(ink, 2.5f)) : Paint(ink, 1);
        if (shape is Shape.Circle or Shape.Ring)
        {
            _canvas.DrawCircle(at, radius, rim);
            _canvas.DrawCircle(at, radius, fill);
            return;
        }

        using var path = Path(Outlines.Of(shape, at, radius), close: true);
        _canvas.DrawPath(path, rim);
        _canvas.DrawPath(path, fill);
    }

    public void Text(string text, SKPoint at, TextStyle style)
    {
        using var font = Fonts.Of(style);
        var align = style.Anchor switch { Anchor.Start => SKTextAlign.Left, Anchor.Middle => SKTextAlign.Center, _ => SKTextAlign.Right };
        _canvas.Save();
        _canvas.Translate(at);
        if (style.Upright)
            _canvas.RotateDegrees(-90);
        if (style.Halo)
        {
            using var halo = Paint(new Stroke(Ink.Background, 4, Opacity: 0.85f));
            halo.StrokeJoin = SKStrokeJoin.Round;
            _canvas.DrawText(text, 0, 0, align, font, halo);
        }

        using var paint = Paint(style.Ink, 1);
        _canvas.DrawText(text, 0, 0, align, font, paint);
        _canvas.Restore();
    }

    public void Dispose()
    {
        _canvas.Dispose();
        _bitmap.Dispose();
    }

    private static SKPath Path(ReadOnlySpan<SKPoint> points, bool close)
    {
        using var builder = new SKPathBuilder();
        builder.AddPoly(points.ToArray(), close);
        return builder.Detach();
    }

    private static SKRect Rectangle(Box box) => SKRect.Create(box.Left, box.Top, box.Width, box.Height);

    private static SKPaint Paint(Ink ink, float opacity) =>
        new() { Color = Palette.Light(ink).WithAlpha(Alpha(opacity)), IsAntialias = true };

    private static SKPaint Paint(Stroke stroke)
    {
        var paint = Paint(stroke.Ink, stroke.Opacity);
        paint.IsStroke = true;
        paint.StrokeWidth = stroke.Width;
        paint.StrokeJoin = SKStrokeJoin.Round;
        if (stroke.Dashed)
            paint.PathEffect = SKPathEffect.CreateDash([6, 4], 0);
        return paint;
    }

    private static byte Alpha(float opacity) => (byte)MathF.Round(opacity * 255);
}
