using Dimec.Files;
using Microsoft.Playwright;

namespace Dimec.Reporting.Tests;

/// <summary>The report in a real browser.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task It_fits_the_width_asks_for_nothing_and_reports_no_error(int width, ColorScheme scheme)
    {
        var opened = await Open(width, scheme, MadeReport.Of());
        var (page, said) = opened;
        Assert.True(await opened.FitsAsync());
        // On a desktop no table has a column that must be scrolled to; on a phone only the table of policies may, whose first column stays.
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth && "
            + "(innerWidth > 640 || !e.querySelector('.sortable'))).map(e => e.getAttribute('aria-label'))"));
        Assert.Equal(width < 640 ? 3 : 0, await page.Locator("svg.narrow:visible").CountAsync());
        Assert.Equal(width < 640 ? 0 : 3, await page.Locator("svg.wide:visible").CountAsync());
        var background = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == ColorScheme.Dark ? "rgb(20, 23, 28)" : "rgb(255, 255, 255)", background);
        Assert.Equal([page.Url], said);
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task A_study_fits_the_width_and_keeps_nobody_out(int width, ColorScheme scheme)
    {
        var opened = await Open(width, scheme, stream => StudyReport.Write(MadeStudy.Of(), stream));
        var (page, said) = opened;
        Assert.True(await opened.FitsAsync());
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth && "
            + "(innerWidth > 640 || !e.querySelector('.sortable'))).map(e => e.getAttribute('aria-label'))"));
        Assert.Empty(await opened.BarriersAsync());
        Assert.Equal([page.Url], said);
    }

    [Fact]
    public async Task A_click_on_a_heading_sorts_and_another_one_turns_it_round()
    {
        var (page, said) = await Open(1280, ColorScheme.Light, MadeReport.Of());
        var table = page.Locator("table.sortable").First;
        var saved = table.GetByRole(AriaRole.Button, new() { Name = "Saved" });
        await saved.ClickAsync();
        var down = await table.Locator("tbody tr td:nth-child(2)").AllInnerTextsAsync();
        Assert.Equal(
            ["77.8 % 2.00", "67.2 % 2.95", "51.7 % 4.35", "48.9 % 4.60", "44.4 % 5.00", "36.7 % 5.70", "0.0 % 9.00"],
            down.Select(saved => saved.Replace('\n', ' ')));
        await saved.ClickAsync();
        Assert.Equal(down.Reverse(), await table.Locator("tbody tr td:nth-child(2)").AllInnerTextsAsync());
        Assert.Equal("ascending", await table.Locator("th[aria-sort]").GetAttributeAsync("aria-sort"));
        await table.GetByRole(AriaRole.Button, new() { Name = "Tier shares" }).ClickAsync();
        var mobile = await table.Locator("tbody tr td:nth-child(4) .figures").AllInnerTextsAsync();
        Assert.Equal(["0.0", "0.0", "28.0", "31.0", "42.0", "83.0", "100.0"], mobile.Select(shares => shares.Split(' ')[0]).Reverse());
        await table.GetByRole(AriaRole.Button, new() { Name = "Policy" }).ClickAsync();
        Assert.StartsWith("cascade", await table.Locator("tbody tr th").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal([page.Url], said);
    }

    [Fact]
    public async Task The_data_of_a_plot_is_one_click_away_and_can_be_saved()
    {
        var (page, _) = await Open(390, ColorScheme.Light, MadeReport.Of());
        await page.Locator("summary").First.ClickAsync();
        var data = page.Locator("pre.csv").First;
        Assert.True(await data.IsVisibleAsync());
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Save as frontier-1.csv" }).ClickAsync());
        Assert.Equal(
            await data.TextContentAsync(),
            await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_label_that_is_a_script_does_not_run()
    {
        const string script = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
        var opened = await Open(390, ColorScheme.Light, MadeReport.Of(script, script));
        var (page, said) = opened;
        Assert.NotEqual("owned", await page.TitleAsync());
        Assert.Contains(
            script, await page.Locator("dd").AllInnerTextsAsync() is var terms ? string.Join('\n', terms) : "", StringComparison.Ordinal);
        Assert.True(await opened.FitsAsync());
        Assert.Equal([page.Url], said);
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_that_keeps_people_out(int width, ColorScheme scheme)
    {
        var opened = await Open(width, scheme, MadeReport.Of());
        Assert.Empty(await opened.BarriersAsync());
    }

    [Fact]
    public async Task It_reads_without_its_script()
    {
        var (page, _) = await Open(390, ColorScheme.Light, MadeReport.Of(), script: false);
        Assert.Equal(7, await page.Locator("table.sortable").First.Locator("tbody tr").CountAsync());
        Assert.Equal(0, await page.Locator("button").CountAsync());
    }

    /// <summary>Opens a report.</summary>
    private Task<OpenedPage> Open(int width, ColorScheme scheme, ReportInputs inputs, bool script = true) =>
        Open(width, scheme, stream => HtmlReport.Write(inputs, stream), script);

    private Task<OpenedPage> Open(int width, ColorScheme scheme, Action<Stream> write, bool script = true)
    {
        var browser = chromium.Require();
        var path = _folder.File("report.html");
        AtomicFile.Write(path, write);
        return OpenedPage.OpenAsync(browser, new Uri(path), width, scheme, script);
    }
}
