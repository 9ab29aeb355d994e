using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Rest;

/// <summary>Short ways to ask a running tier over REST.</summary>
internal static class RestCalls
{
    public static async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(this RunningTier tier, string path)
    {
        using var response = await tier.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (response.StatusCode, await JsonAsync(response));
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(this RunningTier tier, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await tier.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await JsonAsync(response));
    }

    public static async Task<HttpResponseMessage> PostBinaryAsync(
        this RunningTier tier, string path, byte[] body, string? headerLength, string? contentEncoding = null,
        string? acceptEncoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new ByteArrayContent(body),
        };
        if (headerLength is not null)
            request.Headers.Add("Inference-Header-Content-Length", headerLength);
        if (contentEncoding is not null)
            request.Content.Headers.ContentEncoding.Add(contentEncoding);
        if (acceptEncoding is not null)
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(acceptEncoding));
        return await tier.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The error's sentence; the body must hold it and nothing else, and be JSON.</summary>
    public static string Error(JsonElement body)
    {
        var property = Assert.Single(body.EnumerateObject());
        Assert.Equal("error", property.Name);
        return property.Value.GetString()!;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
