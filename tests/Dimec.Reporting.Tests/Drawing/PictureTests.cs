using System.Xml.Linq;
using Dimec.Reporting.Drawing;
using SkiaSharp;

namespace Dimec.Reporting.Tests.Drawing;

public class PictureTests
{
    private static readonly SummaryInputs s_summary = new(
        "made: 52 % of the cost saved", "three processes", MadeMap.Of(), MadeFrontier.Of(), MadeReport.Evaluation(), "pools");

    public static TheoryData<string, int, int> Kinds =>
        new() { { "map", 1520, 1000 }, { "frontier", 1520, 960 }, { "summary", 2000, 1890 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_png_has_its_size_an_opaque_background_and_something_on_it(string kind, int width, int height)
    {
        using var picture = Pictures.Png(Writer(kind));
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.True(picture.Pixels.All(pixel => pixel.Alpha == 255));
        var background = Pictures.Count(picture, Palette.Light(Ink.Background));
        Assert.InRange(background, width * height / 5, width * height * 19 / 20);
        Assert.True(picture.Pixels.Distinct().Count() > 100);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_inputs_give_the_same_picture(string kind, int width, int height)
    {
        Assert.True(width > height);
        Assert.Equal(Pictures.Bytes(Writer(kind)), Pictures.Bytes(Writer(kind)));
    }

    [Fact]
    public void Text_is_drawn_with_the_font_that_is_carried_along()
    {
        Assert.Equal(("Inter", "Inter"), (Fonts.Regular.FamilyName[..5], Fonts.Bold.FamilyName[..5]));
        using var regular = Fonts.Of(new TextStyle(20));
        using var bold = Fonts.Of(new TextStyle(20, Bold: true));
        foreach (var sign in "Aa0−±≤≥·→↕μσαβλ₁é%–…’↓↑")
            Assert.True(regular.ContainsGlyph(sign) && bold.ContainsGlyph(sign), $"no glyph for {sign}");
        using var canvas = new PngCanvas(200, 40, 1);
        canvas.Text("confidence μ", new SKPoint(10, 28), new TextStyle(20));
        using var picture = Pictures.Png(canvas.Write);
        Assert.InRange(picture.Pixels.Count(p => p.Red < 128), 300, 3000);
    }

    [Fact]
    public void An_svg_stands_alone_and_follows_the_colour_scheme()
    {
        var svg = Pictures.Svg(s => FrontierPlot.WriteSvg(MadeFrontier.Of(), s));
        Assert.Equal("0 0 760 480", (string?)svg.Attribute("viewBox"));
        Assert.Contains("prefers-color-scheme:dark", svg.All("style").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), a => a.Name.LocalName is "href" or "src");
    }

    [Fact]
    public void No_label_of_a_plot_leaves_it()
    {
        foreach (var (width, height) in ((int, int)[])[(760, 500), (360, 640)])
        {
            foreach (var text in Pictures.Svg(s => DataMapPlot.WriteSvg(MadeMap.Of(), s, width, height)).All("text")
                .Concat(Pictures.Svg(s => FrontierPlot.WriteSvg(MadeFrontier.Of(), s, width, height)).All("text")))
            {
                if (text.Attribute("transform") is not null)
                    continue;
                var length = Fonts.Measure(
                    text.Value, new TextStyle((float)text.Attribute("font-size")!, Bold: text.Attribute("font-weight") is not null));
                var start = (float)text.Attribute("x")!
                    - (string?)text.Attribute("text-anchor") switch { "middle" => length / 2, "end" => length, _ => 0 };
                Assert.True(start >= 0 && start + length <= width, $"'{text.Value}' at {width} px runs from {start} to {start + length}");
            }
        }
    }

    [Fact]
    public void A_plot_that_has_no_room_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DataMapPlot.WritePng(MadeMap.Of(), Stream.Null, width: 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrontierPlot.WriteSvg(MadeFrontier.Of(), Stream.Null, height: 100));
        Assert.Throws<ArgumentException>(() => DataMapPlot.WritePng(MadeMap.Of() with { Samples = [] }, Stream.Null));
    }

    [Theory]
    [InlineData(nameof(Ink.Text))]
    [InlineData(nameof(Ink.Muted))]
    [InlineData(nameof(Ink.Tier0))]
    [InlineData(nameof(Ink.Tier1))]
    [InlineData(nameof(Ink.TierLast))]
    [InlineData(nameof(Ink.Series0))]
    [InlineData(nameof(Ink.Level0))]
    public void Colours_of_text_stand_out_from_both_backgrounds(string name)
    {
        var ink = Enum.Parse<Ink>(name);
        foreach (var (colour, background) in ((SKColor, SKColor)[])
            [
                (Palette.Light(ink), Palette.Light(Ink.Background)),
                (Palette.Light(ink), Palette.Light(Ink.Surface)),
                (Palette.Dark(ink), Palette.Dark(Ink.Background)),
                (Palette.Dark(ink), Palette.Dark(Ink.Surface)),
            ])
        {
            var (a, b) = (Luminance(colour), Luminance(background));
            Assert.True((Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05) >= 4.5, $"{ink} {colour} on {background}");
        }
    }

    private static Action<Stream> Writer(string kind) => kind switch
    {
        "map" => s => DataMapPlot.WritePng(MadeMap.Of(), s),
        "frontier" => s => FrontierPlot.WritePng(MadeFrontier.Of(), s),
        _ => s => SummaryPicture.WritePng(s_summary, s),
    };

    // Relative luminance of WCAG 2.
    private static double Luminance(SKColor c) => (0.2126 * Linear(c.Red)) + (0.7152 * Linear(c.Green)) + (0.0722 * Linear(c.Blue));

    private static double Linear(byte channel)
    {
        var c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
