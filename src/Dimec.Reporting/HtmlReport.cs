using System.Security.Cryptography;
using System.Text;
using Dimec.Reporting.Drawing;
using Dimec.Reporting.Html;

namespace Dimec.Reporting;

/// <summary>
/// Writes <c>report.html</c>: one file that asks the network for nothing (its own content security policy forbids it), reads on a phone and on a
/// desktop, dark and light, with tables that sort by a click and the data of every plot below it. The same inputs give the same bytes.
/// </summary>
public static class HtmlReport
{
    private static readonly string s_css = Resource("report.css");

    private static readonly string s_script = Resource("report.js");

    // The plots' labels were placed with this font; and a machine without any font still shows text.
    private static readonly string s_fonts = Face("Fonts/Inter-Regular.otf", 400) + Face("Fonts/Inter-SemiBold.otf", 600);

    /// <summary>Writes the report as UTF-8 without a byte-order mark.</summary>
    /// <param name="inputs">What it shows.</param>
    /// <param name="destination">Gets the report; it stays open.</param>
    /// <exception cref="ArgumentException">There is no evaluation.</exception>
    /// <exception cref="InputException">The evaluation lacks the plan's row or the cloud's.</exception>
    public static void Write(ReportInputs inputs, Stream destination)
    {
        using var writer = new StreamWriter(destination, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        Write(inputs, writer);
    }

    /// <summary>Writes the report as text; the encoding must be UTF-8, which it declares.</summary>
    /// <param name="inputs">What it shows.</param>
    /// <param name="destination">Gets the report; it stays open.</param>
    /// <exception cref="ArgumentException">There is no evaluation.</exception>
    /// <exception cref="InputException">The evaluation lacks the plan's row or the cloud's.</exception>
    public static void Write(ReportInputs inputs, TextWriter destination)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Evaluations.Count == 0)
            throw new ArgumentException("A report needs at least one evaluation.", nameof(inputs));
        using var html = new HtmlWriter(destination);
        html.Open("html", ("lang", "en"));
        Head(html, inputs.Title);
        html.Open("body");
        html.Element("a", "Skip to the results", ("class", "skip"), ("href", "#main"));
        SummarySection.Write(html, inputs);
        html.Open("main", ("id", "main"));
        ResultSection.Write(html, inputs);
        DataMapSection.Write(html, inputs);
        ServedSection.Write(html, inputs);
        TrainingSection.Write(html, inputs);
        ProvenanceSection.Write(html, inputs);
        html.Close();
        html.Own("script", s_script);
        html.Close().Close();
    }

    private static void Head(HtmlWriter html, string title)
    {
        var script = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s_script)));
        html.Open("head");
        html.Open("meta", ("charset", "utf-8")).Close();
        html.Open("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'sha256-{script}'")).Close();
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
        return $"@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/otf;base64,{Convert.ToBase64String(font)}) format(\"opentype\")}}\n";
    }

    private static string Resource(string name)
    {
        using var stream = Open(name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static Stream Open(string name) => typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"the assembly does not carry {name}");
}
