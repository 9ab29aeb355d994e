using System.Xml.Linq;
using SkiaSharp;

namespace Dimec.Reporting.Tests.Drawing;

/// <summary>Pictures as tests read them.</summary>
internal static class Pictures
{
    public static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    public static SKBitmap Png(Action<Stream> write) => SKBitmap.Decode(Bytes(write));

    public static XElement Svg(Action<Stream> write)
    {
        using var stream = new MemoryStream(Bytes(write));
        return XElement.Load(stream);
    }

    public static List<string> Texts(Action<Stream> write) => [.. Svg(write).All("text").Select(t => t.Value)];

    public static int Count(SKBitmap picture, SKColor colour) => picture.Pixels.Count(p => p == colour);
}
