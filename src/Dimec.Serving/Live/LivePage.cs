using System.Security.Cryptography;
using System.Text;

namespace Dimec.Serving.Live;

/// <summary>
/// The live page as one file: nothing of it is fetched from elsewhere, and a browser runs nothing in it but its own scripts.
/// </summary>
internal sealed class LivePage
{
    private LivePage(byte[] html, string policy) => (Html, Policy) = (html, policy);

    /// <summary>The page, as UTF-8.</summary>
    public byte[] Html { get; }

    /// <summary>The Content-Security-Policy that it is sent with: its own scripts and styles by their hashes, its own data.</summary>
    public string Policy { get; }

    /// <summary>Puts the page together.</summary>
    public static LivePage Make()
    {
        string[] styles = [Read("uPlot.min.css") + Read("live.css")];
        string[] scripts = [Read("uPlot.iife.min.js"), Read("live.js")];
        var html = Read("live.html")
            .Replace("{{css}}", styles[0], StringComparison.Ordinal)
            .Replace("{{uplot}}", scripts[0], StringComparison.Ordinal)
            .Replace("{{js}}", scripts[1], StringComparison.Ordinal);
        return new LivePage(
            Encoding.UTF8.GetBytes(html),
            $"default-src 'none'; script-src {Hashes(scripts)}; style-src {Hashes(styles)}; connect-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'");
    }

    private static string Hashes(IEnumerable<string> texts) => string.Join(
        ' ', texts.Select(text => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'"));

    private static string Read(string file)
    {
        using var stream = typeof(LivePage).Assembly.GetManifestResourceStream($"Dimec.Serving.Live.{file}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A browser hashes what it has read, in which every line ends by one character.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
