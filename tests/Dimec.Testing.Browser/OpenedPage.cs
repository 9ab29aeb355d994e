using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Dimec.Testing.Browser;

/// <summary>A page that was opened, with what it has asked for and said since: its own addresses alone where all is well.</summary>
/// <param name="Page">The page.</param>
/// <param name="Said">What it asked for, what its scripts wrote, and their errors.</param>
public sealed record OpenedPage(IPage Page, IReadOnlyList<string> Said)
{
    /// <summary>Opens an address.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="address">The address.</param>
    /// <param name="width">The window's width, in pixels.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="script">Whether scripts run.</param>
    public static async Task<OpenedPage> OpenAsync(
        IBrowser browser, Uri address, int width, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        ArgumentNullException.ThrowIfNull(browser);
        ArgumentNullException.ThrowIfNull(address);
        var page = await browser.NewPageAsync(
            new() { ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = scheme, JavaScriptEnabled = script });
        List<string> said = [];
        page.Request += (_, request) =>
        {
            // What the page itself carries, such as a font, is "asked for" by a data: address.
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal))
                Add(request.Url);
        };
        page.Console += (_, message) => Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Add(error);
        await page.GotoAsync(address.AbsoluteUri);
        return new OpenedPage(page, said);

        void Add(string what)
        {
            lock (said)
                said.Add(what);
        }
    }

    /// <summary>Whether nothing on it is wider than the window.</summary>
    public Task<bool> FitsAsync() => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth");

    /// <summary>What keeps people out of it, as axe finds it.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync()
    {
        var found = await Page.RunAxe();
        return [.. found.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))})")];
    }
}
