using System.Net;
using System.Text.Json;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Tests.ClientAndTier;
using Dimec.Serving.Tests.Hosting;
using Dimec.Testing.Browser;
using Microsoft.Playwright;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.Live;

/// <summary>The live page of a first tier, which runs the plan, in a real browser.</summary>
public sealed class LivePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task It_shows_at_every_width_what_was_answered_where_and_a_tier_that_goes_down()
    {
        var browser = chromium.Require();
        using var test = new LadderBundle("carried");
        await using var cloud = await StartAsync(test.Folder, "cloud");
        var edge = await StartAsync(test.Folder, "edge");
        await using var mobile = await StartAsync(
            test.Folder, "mobile", ("edge", edge.Addresses.Grpc), ("cloud", cloud.Addresses.Grpc));
        await AskAsync(mobile, test.Texts);
        var address = new Uri(mobile.Addresses.Http, "dimec");
        foreach (var (width, scheme) in new[]
        {
            (390, ColorScheme.Light), (390, ColorScheme.Dark), (1280, ColorScheme.Light), (1280, ColorScheme.Dark),
        })
        {
            var opened = await OpenedPage.OpenAsync(browser, address, width, scheme);
            await opened.Page.Locator("#client").WaitForAsync();
            Assert.True(await opened.FitsAsync(), $"It is wider than {width} pixels.");
            Assert.Empty(await opened.BarriersAsync());
            Assert.Equal(6, await opened.Page.Locator("canvas:visible").CountAsync());
            Assert.False(await opened.Page.Locator("#login").IsVisibleAsync());
            Assert.Equal("This tier: mobile, revision 3", await opened.Page.Locator("#server-title").InnerTextAsync());
            // Nothing but itself and its data, and not a word from its scripts.
            Assert.All(opened.Said, said => Assert.StartsWith($"{address}", said, StringComparison.Ordinal));
            await opened.Page.CloseAsync();
        }

        var page = (await OpenedPage.OpenAsync(browser, address, 1280)).Page;
        await page.Locator("#client").WaitForAsync();
        Assert.Equal(
            ["exit 0", "mobile", "edge", "cloud"],
            await page.Locator("#places tr").EvaluateAllAsync<string[]>("rows => rows.map(row => row.cells[0].innerText.trim())"));
        Assert.Equal(2, await page.Locator("#addresses .up").CountAsync());
        await edge.DisposeAsync();
        await AskAsync(mobile, test.Texts);
        await Assertions.Expect(page.Locator("#addresses .down")).ToHaveCountAsync(1, new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task The_page_says_so_where_the_process_is_gone()
    {
        var browser = chromium.Require();
        var tier = await RunningTier.StartAsync(new FakeBackend());
        var page = (await OpenedPage.OpenAsync(browser, new Uri(tier.Addresses.Http, "dimec"), 390)).Page;
        await page.Locator("#server").WaitForAsync();
        await tier.DisposeAsync();
        await Assertions.Expect(page.Locator("#notice")).ToHaveTextAsync("The process does not answer.", new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task Where_callers_need_a_key_the_page_asks_for_it_and_shows_nothing_before()
    {
        var browser = chromium.Require();
        using var folder = new TemporaryFolder();
        var key = ApiKey.Create("person");
        await File.WriteAllTextAsync(folder.File("keys"), key.Line, Stop);
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.ApiKeys = folder.File("keys"));
        using var data = await tier.Http.GetAsync(new Uri("dimec/live.json", UriKind.Relative), Stop);
        using var metrics = await tier.Http.GetAsync(new Uri("metrics", UriKind.Relative), Stop);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (data.StatusCode, metrics.StatusCode));
        var page = (await OpenedPage.OpenAsync(browser, new Uri(tier.Addresses.Http, "dimec"), 390)).Page;
        await page.Locator("#key").FillAsync("wrong");
        await page.Locator("#login button").ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToHaveTextAsync("This tier asks for a key.");
        Assert.False(await page.Locator("#main").IsVisibleAsync());
        await page.Locator("#key").FillAsync(key.Secret);
        await page.Locator("#login button").ClickAsync();
        await page.Locator("#server").WaitForAsync();
        Assert.False(await page.Locator("#login").IsVisibleAsync());
    }

    [Fact]
    public async Task Page_and_data_run_nothing_of_others_and_are_kept_by_nobody()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var page = await tier.Http.GetAsync(new Uri("dimec", UriKind.Relative), Stop);
        var policy = string.Join("", page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=", await page.Content.ReadAsStringAsync(Stop));
        using var data = await tier.Http.GetAsync(new Uri("dimec/live.json", UriKind.Relative), Stop);
        Assert.Equal("no-store", data.Headers.CacheControl!.ToString());
        using var json = JsonDocument.Parse(await data.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(1, json.RootElement.GetProperty("format").GetInt32());
        Assert.Equal("edge", json.RootElement.GetProperty("server").GetProperty("tier").GetString());
    }

    private static async Task AskAsync(RunningTier tier, IReadOnlyList<string> texts)
    {
        using var app = new OpenInferenceClient(tier.Addresses.Grpc);
        foreach (var rows in texts.Chunk(75))
        {
            var result = await app.InferAsync(new InferRequest("dimec_plan", [Tensor.FromStrings("text", [rows.Length], rows)]), Stop);
            Assert.True(result.IsSuccess, result.Failure?.Message);
        }
    }
}
