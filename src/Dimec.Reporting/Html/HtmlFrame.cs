using System.Security.Cryptography;
using System.Text;
using Dimec.Reporting.Drawing;

namespace Dimec.Reporting.Html;

/// <summary>What every report is put in: one file with its own fonts, style and script, that asks the network for nothing.</summary>
internal static class HtmlFrame
{
    private static readonly string s_css = Resource("report.css");

    private static readonly string s_script = Resource("report.js");

    // The plots' labels were placed with this font; and a machine without any font still shows text.
    private static readonly string s_fonts = Face("Fonts/Inter-Regular.otf", 400) + Face("Fonts/Inter-SemiBold.otf", 600);

    /// <summary>Writes a report as UTF-8 without a byte-order mark.</summary>
    /// <param name="destination">Gets the report; it stays open.</param>
    /// <param name="kind">What report it is, a class of the style sheet.</param>
    /// <param name="title">The page's title.</param>
    /// <param name="header">Writes the <c>header</c> element.</param>
    /// <param name="main">Writes what is in the <c>main</c> element.</param>
    public static void Write(Stream destination, string kind, string title, Action<HtmlWriter> header, Action<HtmlWriter> main)
    {
        using var writer = new StreamWriter(destination, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        Write(writer, kind, title, header, main);
    }

    /// <summary>Writes a report as text; the encoding must be UTF-8, which it declares.</summary>
    /// <param name="destination">Gets the report; it stays open.</param>
    /// <param name="kind">What report it is, a class of the style sheet.</param>
    /// <param name="title">The page's title.</param>
    /// <param name="header">Writes the <c>header</c> element.</param>
    /// <param name="main">Writes what is in the <c>main</c> element.</param>
    public static void Write(TextWriter destination, string kind, string title, Action<HtmlWriter> header, Action<HtmlWriter> main)
    {
        using var html = new HtmlWriter(destination);
        html.Open("html", ("lang", "en"));
        Head(html, title);
        html.Open("body", ("class", kind));
        html.Element("a", "Skip to the results", ("class", "skip"), ("href", "#main"));
        header(html);
        html.Open("main", ("id", "main"));
        main(html);
        html.Close();
        html.Own("script", s_script);
        html.Close().Close();
    }

    private static void Head(HtmlWriter html, string title)
    {
        var script = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s_script)));
        html.Open("head");
        html.Open("meta", ("charset", "utf-8")).Close();
        html.Open(
            "meta", ("http-equiv", "Content-Security-Policy"),
            ("content", $"default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'sha256-{script}'"))
            .Close();
        html.Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Close();
        html.Open("meta", ("name", "color-scheme"), ("content", "light dark")).Close();
        html.Open("link", ("rel", "icon"), ("href", "data:,")).Close();
        html.Element("title", title);
        html.Own("style", s_fonts + Palette.Definitions(":root") + s_css);
        html.Close();
    }

    private static string Face(string name, int weight)
    {
        using var stream = Open(name);
        var font = new byte[stream.Length];
        stream.ReadExactly(font);
        return $"@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/otf;base64,{Convert.ToBase64String(font)}) "
            + "format(\"opentype\")}\n";
    }

    private static string Resource(string name)
    {
        using var stream = Open(name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static Stream Open(string name) => typeof(HtmlFrame).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"the assembly does not carry {name}");
}
