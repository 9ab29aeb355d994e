using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Dimec.OpenInference;
using Dimec.OpenInference.Rest;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Rest;

public class RestInferTests
{
    private const string TokensJson = """
        {"id":"42","inputs":[{"name":"input_ids","shape":[2,3],"datatype":"INT64","data":[[101,5,102],[101,102,0]]},
        {"name":"attention_mask","shape":[2,3],"datatype":"INT64","data":[1,1,1,1,1,0]}]}
        """;

    [Fact]
    public async Task Tokens_give_logits_and_the_reply_says_who_answered()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync("v2/models/dimec_edge/infer", TokensJson);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            """{"model_name":"dimec_edge","model_version":"3","id":"42","parameters":{"dimec_tier":"edge","dimec_exit":"4","dimec_bundle":"HASH"},"outputs":[{"name":"logits","datatype":"FP32","shape":[2,2],"data":[2.08,3,2.03,2]}]}"""
                .Replace("HASH", new string('a', 64), StringComparison.Ordinal),
            body.GetRawText());
    }

    [Theory]
    [InlineData("[2]")]
    [InlineData("[2,1]")]
    public async Task Text_gives_label_and_probabilities_in_the_texts_own_shape(string shape)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync(
            "v2/models/dimec/versions/3/infer",
            $$"""{"inputs":[{"name":"text","shape":{{shape}},"datatype":"BYTES","data":["\u03e7\u03e7","a"]}]}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var outputs = body.GetProperty("outputs");
        Assert.Equal("""["sad","glad"]""", outputs[0].GetProperty("data").GetRawText());
        Assert.Equal(shape, outputs[0].GetProperty("shape").GetRawText());
        Assert.Equal("[2,2]", outputs[1].GetProperty("shape").GetRawText());
        var probabilities = outputs[1].GetProperty("data").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        // Logits (101 + 999 + 999)/100 and 3; (101 + 97)/100 and 2.
        Assert.Equal(1 / (1 + MathF.Exp(3 - 20.99f)), probabilities[0], 1e-5f);
        Assert.Equal(1 / (1 + MathF.Exp(1.98f - 2)), probabilities[3], 1e-5f);
        Assert.False(body.TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Binary_inputs_and_outputs_are_the_same_numbers()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (body, headerLength) = RestRequestCodec.Write(Tokens([]));
        using var response = await tier.PostBinaryAsync("v2/models/dimec_edge/infer", body, $"{headerLength}");
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
        var answer = RestResponseCodec.Read(
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), HeaderLength(response));
        Assert.Equal([2.08f, 3, 2.03f, 2], answer.Outputs[0].ToArray<float>());
    }

    /// <summary>The specification's own example says three elements and brings one; nothing is guessed.</summary>
    [Fact]
    public async Task An_example_that_contradicts_itself_is_refused()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync(
            "v2/models/dimec/infer", """{"id":"42","inputs":[{"name":"text","shape":[3],"datatype":"BYTES","data":["a"]}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("[3], which is 3 elements, but its data has 1", RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outputs_own_wish_overrides_the_requests()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        const string Json = """
            {"parameters":{"binary_data_output":true},"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}],
            "outputs":[{"name":"probabilities"},{"name":"label","parameters":{"binary_data":false}}]}
            """;
        using var response = await tier.PostBinaryAsync("v2/models/dimec/infer", Encoding.UTF8.GetBytes(Json), null);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var header = HeaderLength(response);
        Assert.Equal(8, body.Length - header);
        var outputs = JsonElement.Parse(body.AsSpan(0, header)).GetProperty("outputs");
        Assert.Equal(8, outputs[0].GetProperty("parameters").GetProperty("binary_data_size").GetInt32());
        Assert.Equal("""["glad"]""", outputs[1].GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task A_raw_body_is_one_text()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var response = await tier.PostBinaryAsync("v2/models/dimec/infer", "a"u8.ToArray(), "0");
        var answer = RestResponseCodec.Read(
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), HeaderLength(response));
        Assert.Equal(["glad"], answer.Outputs[0].ToStrings());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Bodies_may_be_compressed_both_ways(string encoding)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var rows = 100;
        var ids = Enumerable.Range(0, rows).Select(row => (long)row).ToArray();
        var (body, headerLength) = RestRequestCodec.Write(new InferRequest(
            "",
            [Tensor.From<long>("input_ids", [rows, 1], ids), Tensor.From<long>("attention_mask", [rows, 1], [.. ids.Select(_ => 1L)])]));
        using var response = await tier.PostBinaryAsync(
            "v2/models/dimec_edge/infer", Compress(body, encoding), $"{headerLength}", encoding, encoding);
        Assert.Equal([encoding], response.Content.Headers.ContentEncoding);
        var compressed = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var answer = RestResponseCodec.Read(Decompress(compressed, encoding), HeaderLength(response));
        Assert.Equal(ids.SelectMany(id => new[] { id / 100f, 1 }), answer.Outputs[0].ToArray<float>());
    }

    internal static InferRequest Tokens(Dictionary<string, ParameterValue> parameters) => new(
        "dimec_edge",
        [
            Tensor.From<long>("input_ids", [2, 3], [101, 5, 102, 101, 102, 0]),
            Tensor.From<long>("attention_mask", [2, 3], [1, 1, 1, 1, 1, 0]),
        ])
    {
        Parameters = parameters,
    };

    private static int HeaderLength(HttpResponseMessage response)
        => int.Parse(
            Assert.Single(response.Headers.GetValues("Inference-Header-Content-Length")),
            System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Compress(byte[] body, string encoding)
    {
        using var memory = new MemoryStream();
        using (Stream stream = encoding == "gzip"
            ? new GZipStream(memory, CompressionMode.Compress)
            : new ZLibStream(memory, CompressionMode.Compress))
            stream.Write(body);
        return memory.ToArray();
    }

    private static byte[] Decompress(byte[] body, string encoding)
    {
        using var memory = new MemoryStream();
        using Stream stream = encoding == "gzip"
            ? new GZipStream(new MemoryStream(body), CompressionMode.Decompress)
            : new ZLibStream(new MemoryStream(body), CompressionMode.Decompress);
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
