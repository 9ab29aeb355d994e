using SkiaSharp;

namespace Dimec.Reporting.Drawing;

/// <summary>
/// The font that pictures are lettered with. It is carried along: a container has none, and the same input must give the same picture.
/// </summary>
internal static class Fonts
{
    public static SKTypeface Regular { get; } = Load("Fonts/Inter-Regular.otf");

    public static SKTypeface Bold { get; } = Load("Fonts/Inter-SemiBold.otf");

    /// <summary>The font of a style, to be disposed by the caller.</summary>
    public static SKFont Of(TextStyle style) =>
        new(style.Bold ? Bold : Regular, style.Size) { Subpixel = true, Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None };

    /// <summary>The width of a text in pixels. A browser's own font may differ by some percent: leave room.</summary>
    public static float Measure(string text, TextStyle style)
    {
        using var font = Of(style);
        return font.MeasureText(text);
    }

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(Fonts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly does not carry {name}");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"Skia cannot read {name}");
    }
}
