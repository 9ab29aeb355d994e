using System.Net;
using System.Text;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Rest;

/// <summary>What a body's bytes are: JSON in UTF-8, with or without its mark; anything else is named as what it is.</summary>
public class BodyTextTests
{
    private const string Json = """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_byte_order_mark_is_passed_over(bool withLength)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Json)];
        using var response = await tier.PostBinaryAsync("v2/models/dimec/infer", body, withLength ? $"{body.Length}" : null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Wider_characters_are_named()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        foreach (var encoding in new Encoding[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            foreach (var body in new byte[][] { encoding.GetBytes(Json), [.. encoding.GetPreamble(), .. encoding.GetBytes(Json)] })
                Assert.Contains("UTF-16 or UTF-32; send it as UTF-8", await RefusedAsync(tier, body), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}],"x":"?"}""")]
    [InlineData("""{"?":1,"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""")]
    [InlineData("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a?"]}]}""")]
    [InlineData("""{"id":"?","inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"],"y":{"z":["?"]}}]}""")]
    [InlineData("""{"parameters":{"k":"?"},"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""")]
    public async Task Bytes_and_escapes_that_are_no_text_are_refused_wherever_they_stand(string json)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var place = json.IndexOf('?', StringComparison.Ordinal);
        byte[] invalid = [.. Encoding.UTF8.GetBytes(json[..place]), 0xC3, 0x28, .. Encoding.UTF8.GetBytes(json[(place + 1)..])];
        Assert.Contains($"not UTF-8 (line 1, byte {place + 1})", await RefusedAsync(tier, invalid), StringComparison.Ordinal);
        foreach (var half in new[] { "\\ud800", "\\udc00", "\\ud800x", "\\udc00\\ud800" })
        {
            Assert.Contains(json.Contains("a?", StringComparison.Ordinal) ? "not a value of BYTES" : "half a character", await RefusedAsync(
                tier, Encoding.UTF8.GetBytes(json.Replace("?", half, StringComparison.Ordinal))), StringComparison.Ordinal);
        }

        using var pair = await tier.PostBinaryAsync(
            "v2/models/dimec/infer", Encoding.UTF8.GetBytes(json.Replace("?", "\\ud83d\\ude00", StringComparison.Ordinal)), null);
        Assert.Equal(HttpStatusCode.OK, pair.StatusCode);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; Charset=\"UTF-8\"")]
    [InlineData("application/problem+json")]
    [InlineData("text/plain;charset=utf8")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public async Task Types_that_say_nothing_else_are_taken(string? type)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(tier, type)).Status);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "send application/json")]
    [InlineData("application/xml", "send application/json")]
    [InlineData("application/grpc", "send application/json")]
    [InlineData("application/x-protobuf", "send application/json")]
    [InlineData("json", "send application/json")]
    [InlineData("application/json; charset=utf-16", "'utf-16'; send UTF-8")]
    [InlineData("text/plain; charset=\"iso-8859-1\"", "'iso-8859-1'; send UTF-8")]
    public async Task Other_types_and_charsets_are_415(string type, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, error) = await SendAsync(tier, type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Error)> SendAsync(RunningTier tier, string? type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/models/dimec/infer")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Json)),
        };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await tier.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.IsSuccessStatusCode ? "" : RestCalls.Error(await RestCalls.JsonAsync(response)));
    }

    private static async Task<string> RefusedAsync(RunningTier tier, byte[] body)
    {
        using var response = await tier.PostBinaryAsync("v2/models/dimec/infer", body, null);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return RestCalls.Error(await RestCalls.JsonAsync(response));
    }
}
