using Microsoft.Playwright;

namespace Dimec.Testing.Browser;

/// <summary>A browser for a class of tests: DIMEC_CHROMIUM, or a Chromium or Chrome where Linux distributions put it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        string?[] places =
        [
            Environment.GetEnvironmentVariable("DIMEC_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
        ];
        if (places.FirstOrDefault(File.Exists) is not { } path)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        });
    }

    /// <summary>The browser; skips the calling test with a clear message where there is none.</summary>
    public IBrowser Require()
    {
        if (_browser is null)
            Assert.Skip("No Chromium was found: install it (apt-get install chromium), or name it in DIMEC_CHROMIUM.");
        return _browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
