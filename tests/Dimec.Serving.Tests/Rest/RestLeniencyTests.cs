using System.IO.Compression;
using System.Net;
using System.Text;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Rest;

/// <summary>What is unusual and yet within the protocol and HTTP.</summary>
public class RestLeniencyTests
{
    private static readonly byte[] s_text = """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}"""u8.ToArray();

    [Theory]
    [InlineData("""{"id":null,"parameters":null,"outputs":null,"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""")]
    [InlineData("""{"parameters":{"binary_data_output":null,"x":null},"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","parameters":null,"data":["a"]}]}""")]
    [InlineData("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":null},"data":["a"]}],"outputs":[{"name":"label","parameters":null}]}""")]
    [InlineData("""{"inputs":[{"data":["a"],"datatype":"BYTES","shape":[1],"name":"text","more":{"x":[1,{}]}}],"outputs":[{"name":"label","parameters":{"binary_data":null,"priority":2}}],"more":1}""")]
    [InlineData("""{"id":"","outputs":[],"parameters":{"priority":1,"timeout":5,"sequence_start":true},"inputs":[{"name":"text","shape":[1,1],"datatype":"BYTES","data":[["a"]]}]}""")]
    public async Task Null_is_absent_and_unknown_keys_are_passed_over(string json)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync("v2/models/dimec/infer", json);
        Assert.True(status == HttpStatusCode.OK, body.GetRawText());
        Assert.Equal("glad", body.GetProperty("outputs")[0].GetProperty("data")[0].GetString());
        Assert.False(body.TryGetProperty("id", out _));
    }

    [Theory]
    [InlineData("""{"inputs":null}""", "has no 'inputs'")]
    [InlineData("""{"inputs":[{"name":null,"shape":[1],"datatype":"BYTES","data":["a"]}]}""", "has no 'name'")]
    [InlineData("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":null}]}""", "needs either 'data'")]
    [InlineData("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":[null]}]}""", "not a value of BYTES")]
    [InlineData("""{"inputs":[null]}""", "a tensor must be a JSON object")]
    public async Task Null_where_something_must_be_is_400(string json, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync("v2/models/dimec/infer", json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    [InlineData("Deflate")]
    [InlineData("identity")]
    [InlineData("Identity, gzip")]
    public async Task Codings_have_no_case_and_identity_is_one(string encoding)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var body = encoding == "identity" ? s_text : Compress(s_text, encoding == "Deflate");
        using var response = await SendAsync(tier, body, encoding, null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip", 3)]
    [InlineData("gzip", -3)]
    [InlineData("gzip", -12)]
    [InlineData("deflate", 3)]
    [InlineData("deflate", -3)]
    public async Task A_compressed_body_that_is_cut_off_or_goes_on_is_400(string encoding, int more)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var whole = Compress(s_text, encoding == "deflate");
        byte[] body = more < 0 ? whole[..^-more] : [.. whole, .. new byte[more]];
        using var response = await SendAsync(tier, body, encoding, null);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("cut off, or something follows it", RestCalls.Error(await RestCalls.JsonAsync(response)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_body_is_whole_in_either_coding()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var json = Encoding.UTF8.GetBytes(
            $$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["{{string.Concat(Enumerable.Range(0, 400_000))}}"]}]}""");
        foreach (var encoding in new[] { "gzip", "deflate" })
        {
            using var response = await SendAsync(tier, Compress(json, encoding == "deflate"), encoding, null);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("gzip;q=0", null)]
    [InlineData("gzip;q=0, deflate", "deflate")]
    [InlineData("deflate;q=0.5, GZIP", "gzip")]
    [InlineData("gzip;q=0.5, identity", null)]
    [InlineData("*", "gzip")]
    [InlineData("br", null)]
    [InlineData("xgzip", null)]
    public async Task An_answer_is_compressed_only_as_the_caller_takes_it(string accepted, string? encoding)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var texts = string.Join(',', Enumerable.Repeat("\"a\"", 100));
        using var response = await SendAsync(
            tier, Encoding.UTF8.GetBytes($$"""{"inputs":[{"name":"text","shape":[100],"datatype":"BYTES","data":[{{texts}}]}]}"""), null,
            accepted);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(encoding is null ? [] : [encoding], response.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("v2")]
    [InlineData("v2/health/live")]
    [InlineData("v2/health/ready")]
    [InlineData("v2/models/dimec")]
    [InlineData("v2/models/dimec/ready")]
    public async Task Head_is_answered_where_get_is(string path)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var answer = await RawHttp.AskAsync(tier, $"HEAD /{path} HTTP/1.1\r\nHost: tier\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "v2/health/live", "GET, HEAD")]
    [InlineData("DELETE", "v2/models/dimec", "GET, HEAD")]
    [InlineData("GET", "v2/models/dimec/infer", "POST")]
    [InlineData("PUT", "v2/models/dimec/versions/3/infer", "POST")]
    public async Task Another_method_is_405_and_says_which_are_taken(string method, string path, string allowed)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await tier.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Contains(
            $"does not take {method}; use {allowed}", RestCalls.Error(await RestCalls.JsonAsync(response)), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningTier tier, byte[] body, string? encoding, string? accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/models/dimec/infer") { Content = new ByteArrayContent(body) };
        if (encoding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        if (accepted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        return await tier.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static byte[] Compress(byte[] body, bool deflate)
    {
        using var memory = new MemoryStream();
        using (Stream stream = deflate
            ? new ZLibStream(memory, CompressionMode.Compress)
            : new GZipStream(memory, CompressionMode.Compress))
            stream.Write(body);
        return memory.ToArray();
    }
}
