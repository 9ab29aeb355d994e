using System.Globalization;
using System.Text;
using System.Xml;
using SkiaSharp;

namespace Dimec.Reporting.Drawing;

/// <summary>
/// Draws into an <c>svg</c> element. Colours are custom properties of <see cref="Palette"/>, text stays text in the reader's own font.
/// </summary>
internal sealed class SvgCanvas : ICanvas
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private readonly XmlWriter _xml;

    private SvgCanvas(XmlWriter xml) => _xml = xml;

    /// <summary>Writes an <c>svg</c> element for use inside an HTML document that defines the colours.</summary>
    /// <param name="xml">Where to write it.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="label">What the picture shows, for those who do not see it.</param>
    /// <param name="cssClass">The element's class.</param>
    /// <param name="draw">Draws the picture.</param>
    public static void WriteInline(XmlWriter xml, int width, int height, string label, string cssClass, Action<ICanvas> draw) =>
        Write(xml, width, height, label, cssClass, null, draw);

    /// <summary>Writes an SVG document that stands alone and follows the reader's colour scheme.</summary>
    public static void WriteDocument(Stream destination, int width, int height, string label, Action<ICanvas> draw)
    {
        using var xml = XmlWriter.Create(
            destination, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = false, NewLineChars = "\n" });
        var style = Palette.Definitions("svg") + "svg{background:var(--background)}";
        Write(xml, width, height, label, null, style, draw);
    }

    public void Fill(Box box, Ink ink, float opacity = 1, float radius = 0, string? hint = null)
    {
        Begin("rect");
        Geometry(box);
        if (radius > 0)
            Number("rx", radius);
        FillStyle(ink, opacity);
        Hint(hint);
        _xml.WriteEndElement();
    }

    public void Outline(Box box, Stroke stroke)
    {
        Begin("rect");
        Geometry(box);
        StrokeStyle(stroke);
        _xml.WriteEndElement();
    }

    public void Line(Stroke stroke, params ReadOnlySpan<SKPoint> points)
    {
        Begin("path");
        _xml.WriteAttributeString("d", Path(points, close: false));
        StrokeStyle(stroke);
        _xml.WriteEndElement();
    }

    public void Dots(IReadOnlyCollection<SKPoint> centres, float radius, Ink ink, float opacity)
    {
        // Strokes of no length with round ends: about ten bytes a dot, where an element each would take eighty.
        var path = new StringBuilder();
        foreach (var centre in centres)
            path.Append('M').Append(Text(centre.X)).Append(' ').Append(Text(centre.Y)).Append("h0");
        Begin("path");
        _xml.WriteAttributeString("d", path.ToString());
        _xml.WriteAttributeString("stroke-linecap", "round");
        StrokeStyle(new Stroke(ink, 2 * radius, Opacity: opacity));
        _xml.WriteEndElement();
    }

    public void Mark(Shape shape, SKPoint at, float radius, Ink ink, string? hint = null)
    {
        if (shape is Shape.Circle or Shape.Ring)
        {
            Begin("circle");
            Number("cx", at.X);
            Number("cy", at.Y);
            Number("r", radius);
        }
        else
        {
            Begin("path");
            _xml.WriteAttributeString("d", Path(Outlines.Of(shape, at, radius), close: true));
        }

        if (shape == Shape.Ring)
        {
            StrokeStyle(new Stroke(ink, 2.5f));
        }
        else
        {
            _xml.WriteAttributeString(
                "style", $"fill:{Palette.Css(ink)};stroke:{Palette.Css(Ink.Background)};stroke-width:1.5;paint-order:stroke");
        }

        Hint(hint);
        _xml.WriteEndElement();
    }

    public void Text(string text, SKPoint at, TextStyle style)
    {
        Begin("text");
        Number("x", at.X);
        Number("y", at.Y);
        Number("font-size", style.Size);
        if (style.Bold)
            _xml.WriteAttributeString("font-weight", "600");
        if (style.Anchor != Anchor.Start)
            _xml.WriteAttributeString("text-anchor", style.Anchor == Anchor.Middle ? "middle" : "end");
        if (style.Upright)
            _xml.WriteAttributeString("transform", $"rotate(-90 {Text(at.X)} {Text(at.Y)})");
        var halo = style.Halo
            ? $";stroke:{Palette.Css(Ink.Background)};stroke-width:4px;stroke-opacity:.85;stroke-linejoin:round;paint-order:stroke" : "";
        _xml.WriteAttributeString("style", $"fill:{Palette.Css(style.Ink)}{halo}");
        _xml.WriteString(XmlText.Clean(text));
        _xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, int width, int height, string label, string? cssClass, string? css, Action<ICanvas> draw)
    {
        xml.WriteStartElement("svg", Namespace);
        xml.WriteAttributeString("viewBox", $"0 0 {width} {height}");
        xml.WriteAttributeString("width", width.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("height", height.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("role", "img");
        xml.WriteAttributeString("aria-label", XmlText.Clean(label));
        xml.WriteAttributeString("font-family", "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif");
        if (cssClass is not null)
            xml.WriteAttributeString("class", cssClass);
        if (css is not null)
            xml.WriteElementString("style", Namespace, css);
        draw(new SvgCanvas(xml));
        xml.WriteEndElement();
    }

    private static string Path(ReadOnlySpan<SKPoint> points, bool close)
    {
        var path = new StringBuilder();
        for (var i = 0; i < points.Length; i++)
            path.Append(i == 0 ? 'M' : 'L').Append(Text(points[i].X)).Append(' ').Append(Text(points[i].Y));
        return close ? path.Append('Z').ToString() : path.ToString();
    }

    private static string Text(float value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private void Hint(string? hint)
    {
        if (hint is not null)
            _xml.WriteElementString("title", Namespace, XmlText.Clean(hint));
    }

    private void Begin(string name) => _xml.WriteStartElement(name, Namespace);

    private void Number(string name, float value) => _xml.WriteAttributeString(name, Text(value));

    private void Geometry(Box box)
    {
        Number("x", box.Left);
        Number("y", box.Top);
        Number("width", box.Width);
        Number("height", box.Height);
    }

    private void FillStyle(Ink ink, float opacity)
    {
        if (opacity < 1)
            _xml.WriteAttributeString("fill-opacity", opacity.ToString("0.##", CultureInfo.InvariantCulture));
        _xml.WriteAttributeString("style", $"fill:{Palette.Css(ink)}");
    }

    private void StrokeStyle(Stroke stroke)
    {
        Number("stroke-width", stroke.Width);
        if (stroke.Opacity < 1)
            _xml.WriteAttributeString("stroke-opacity", stroke.Opacity.ToString("0.##", CultureInfo.InvariantCulture));
        if (stroke.Dashed)
            _xml.WriteAttributeString("stroke-dasharray", "6 4");
        _xml.WriteAttributeString("style", $"fill:none;stroke:{Palette.Css(stroke.Ink)}");
    }
}
