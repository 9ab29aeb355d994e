using System.Net;
using System.Text.Json;
using Dimec.Serving.Backends;
using Dimec.Serving.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Tests.Rest;

/// <summary>Addresses that are none of the protocol's.</summary>
public class UnknownAddressTests
{
    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/v2x")]
    [InlineData("GET", "/v2/nothing")]
    [InlineData("GET", "/v1/models/dimec")]
    [InlineData("POST", "/v1/models/dimec:predict")]
    [InlineData("POST", "/infer")]
    [InlineData("POST", "/models/dimec/infer")]
    [InlineData("PUT", "/a/b/c.txt")]
    [InlineData("DELETE", "/v2/models/dimec/versions/3/unload")]
    [InlineData("OPTIONS", "/%zz/%E4")]
    [InlineData("PROPFIND", "/metrics")]
    public async Task An_unknown_address_is_404_in_the_protocols_form(string method, string path)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var answer = await RawHttp.AskAsync(
            tier, $"{method} {path} HTTP/1.1\r\nHost: tier\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json", answer, StringComparison.Ordinal);
        Assert.Contains($"{{\"error\":\"{method} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v2/models/%zz/infer")]
    [InlineData("/v2/models/%C3%28/infer")]
    [InlineData("/v2/models/a%2Fb/infer")]
    [InlineData("/v2/models/%F0%9F%98%80/infer")]
    [InlineData("/v2/models/dimec/versions/%0A/infer")]
    public async Task A_model_of_any_name_is_404_with_a_sentence(string path)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var answer = await RawHttp.AskAsync(
            tier, $"POST {path} HTTP/1.1\r\nHost: tier\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.Contains("{\"error\":\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /v2/models/a%00b HTTP/1.1\r\nHost: tier\r\n\r\n", 400)]
    [InlineData("GET /v2/models/a\0b HTTP/1.1\r\nHost: tier\r\n\r\n", 400)]
    [InlineData("GET /v2/models/\u00e9 HTTP/1.1\r\nHost: tier\r\n\r\n", 400)]
    [InlineData("GET v2 HTTP/1.1\r\nHost: tier\r\n\r\n", 405)]
    [InlineData("GET /v2 HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /v2 HTTP/1.1\r\nHost: tier\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST /v2/models/dimec/infer HTTP/1.1\r\nHost: tier\r\nContent-Length: x\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET /v2 HTTP/3.0\r\nHost: tier\r\n\r\n", 505)]
    [InlineData("GET /v2 HTTP/9\r\nHost: tier\r\n\r\n", 400)]
    public async Task What_is_no_request_is_refused_in_the_protocols_form(string request, int status)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var client = await RawHttp.SendAsync(tier, request);
        var answer = await RawHttp.AnswerAsync(client);
        Assert.StartsWith("HTTP/1.1 ", answer, StringComparison.Ordinal);
        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), answer);
        Assert.NotEmpty(RestCalls.Error(JsonElement.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..])));
    }

    [Fact]
    public async Task Headers_without_end_are_refused_in_the_protocols_form()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        foreach (var request in new[]
        {
            $"GET /v2/{new string('x', 20_000)} HTTP/1.1\r\n",
            $"GET /v2 HTTP/1.1\r\nHost: tier\r\nX: {new string('x', 60_000)}\r\n\r\n",
        })
        {
            using var client = await RawHttp.SendAsync(tier, request);
            Assert.Contains("{\"error\":\"the request", await RawHttp.AnswerAsync(client), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_other_addresses_of_a_host_that_carries_a_tier_are_left_alone()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IBackendSource>(new FakeSource(new FakeBackend()));
        builder.Services.AddDimecTier(tier => (tier.Bundle, tier.Tier) = ("none", "edge"));
        await using var app = builder.Build();
        app.MapDimecTier();
        app.MapGet("/mine", () => "mine");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal("mine", await http.GetStringAsync(new Uri("mine", UriKind.Relative), TestContext.Current.CancellationToken));
        using var unknown = await http.GetAsync(new Uri("yours", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Empty(await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
