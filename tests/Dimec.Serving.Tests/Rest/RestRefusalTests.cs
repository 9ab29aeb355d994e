using System.Net;
using System.Text;
using Dimec.OpenInference.Rest;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Rest;

public class RestRefusalTests
{
    private const string Ids = """{"name":"input_ids","shape":[1,2],"datatype":"INT64","data":[1,2]}""";
    private const string Mask = """{"name":"attention_mask","shape":[1,2],"datatype":"INT64","data":[1,1]}""";

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("<html>", "not valid JSON")]
    [InlineData("""{"inputs":[]}""", "needs the input 'input_ids'")]
    [InlineData("""{"inputs":[""" + Ids + "]}", "needs the input 'attention_mask'")]
    [InlineData("""{"inputs":[""" + Ids + "," + Mask + "," + Mask + "]}", "comes twice")]
    [InlineData("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""", "takes no input 'text'")]
    [InlineData("""{"inputs":[{"name":"input_ids","shape":[1,2],"datatype":"INT32","data":[1,2]}]}""", "takes INT64")]
    [InlineData("""{"inputs":[{"name":"input_ids","shape":[2],"datatype":"INT64","data":[1,2]},""" + Mask + "]}", "give [rows, tokens]")]
    [InlineData("""{"inputs":[{"name":"input_ids","shape":[0,2],"datatype":"INT64","data":[]},""" + Mask + "]}", "the batch is empty")]
    [InlineData(
        """{"inputs":[{"name":"input_ids","shape":[1,0],"datatype":"INT64","data":[]},{"name":"attention_mask","shape":[1,0],"datatype":"INT64","data":[]}]}""",
        "has 0 tokens a row; send 1 to 16 tokens")]
    [InlineData("""{"inputs":[{"name":"input_ids","shape":[1,-2],"datatype":"INT64","data":[]},""" + Mask + "]}", "cannot be negative")]
    [InlineData("""{"inputs":[{"name":"input_ids","shape":[4294967296,4294967296],"datatype":"INT64","data":[]},"""
        + Mask + "]}", "more than 2147483647 elements")]
    [InlineData("""{"inputs":[{"name":"input_ids","shape":[2,1],"datatype":"INT64","data":[1,2]},""" + Mask + "]}", "make them equal")]
    [InlineData("""{"inputs":[{"name":"input_ids","shape":[1,2],"datatype":"INT64","data":[1,1000]},"""
        + Mask + "]}", "input_ids row 0, token 1: is 1000; send values from 0 to 999.")]
    [InlineData("""{"inputs":[{"name":"input_ids","shape":[1,2],"datatype":"INT64","data":[1,-1]},"""
        + Mask + "]}", "input_ids row 0, token 1: is -1")]
    [InlineData("""{"inputs":[""" + Ids
        + """,{"name":"attention_mask","shape":[1,2],"datatype":"INT64","data":[0,0]}]}""", "attention_mask row 0: has no real token")]
    [InlineData("""{"inputs":[""" + Ids + "," + Mask + """],"outputs":[{"name":"label"}]}""", "no output 'label'")]
    [InlineData("""{"inputs":[""" + Ids + "," + Mask + """],"outputs":[{"name":"logits"},{"name":"logits"}]}""", "asked for twice")]
    [InlineData("""{"parameters":{"dimec_bundle":"bbbb"},"inputs":[""" + Ids + "," + Mask + "]}", "the request was made for bbbb")]
    public async Task What_the_model_cannot_take_is_400_with_a_sentence(string json, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync("v2/models/dimec_edge/infer", json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"inputs":[{"name":"text","shape":[1,2],"datatype":"BYTES","data":["a","b"]}]}""", "give [rows] or [rows, 1]")]
    [InlineData("""{"inputs":[{"name":"text","shape":[0],"datatype":"BYTES","data":[]}]}""", "the batch is empty")]
    [InlineData("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"],"data":["b"]}]}""", "'data' stands there twice")]
    [InlineData(
        """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"],"parameters":{"content_type":"base64"},"parameters":{}}]}""",
        "content_type 'base64'")]
    [InlineData(
        """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"],"parameters":{"content_type":"str","content_type":"np"}}]}""",
        "'content_type' stands there twice")]
    [InlineData("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}],"inputs":[]}""", "'inputs' stands there twice")]
    [InlineData("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["\ud800"]}]}""", "not a value of BYTES")]
    [InlineData(
        """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]},{"name":"text_pair","shape":[1],"datatype":"BYTES","data":["b"]}]}""",
        "takes no input 'text_pair'")]
    public async Task What_the_text_model_cannot_take_is_400_with_a_sentence(string json, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync("v2/models/dimec/infer", json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]},{"name":"text_pair","shape":[2],"datatype":"BYTES","data":["a","b"]}]}""",
        "make them equal")]
    [InlineData("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""", "needs the input 'text_pair'")]
    public async Task What_a_model_of_pairs_cannot_take_is_400_with_a_sentence(string json, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(hasPair: true));
        var (status, body) = await tier.PostAsync("v2/models/dimec/infer", json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000", "says 1000 bytes, but the body has 4")]
    [InlineData("-1", "not a length in bytes")]
    [InlineData("x", "not a length in bytes")]
    [InlineData("99999999999", "not a length in bytes")]
    [InlineData("0", "needs a model with one input of BYTES")]
    public async Task A_header_that_does_not_fit_the_body_is_400(string header, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var response = await tier.PostBinaryAsync("v2/models/dimec_edge/infer", "{}  "u8.ToArray(), header);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(sentence, RestCalls.Error(await RestCalls.JsonAsync(response)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truncated_binary_data_is_400()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (body, headerLength) = RestRequestCodec.Write(RestInferTests.Tokens([]));
        using var response = await tier.PostBinaryAsync("v2/models/dimec_edge/infer", body[..^1], $"{headerLength}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            "48 bytes of binary data, but 47 are left", RestCalls.Error(await RestCalls.JsonAsync(response)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_body_that_is_not_compressed_as_it_says_is_400(string encoding)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var response = await tier.PostBinaryAsync("v2/models/dimec/infer", "{\"inputs\":[]}"u8.ToArray(), null, encoding);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"'{encoding}'", RestCalls.Error(await RestCalls.JsonAsync(response)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_body_that_grows_beyond_the_limit_is_400()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.Tier.MaxBodyBytes = 100_000);
        using var memory = new MemoryStream();
        using (var stream = new System.IO.Compression.GZipStream(memory, System.IO.Compression.CompressionMode.Compress))
            stream.Write(new byte[10_000_000]);
        using var response = await tier.PostBinaryAsync("v2/models/dimec/infer", memory.ToArray(), null, "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("larger than the 100000 bytes", RestCalls.Error(await RestCalls.JsonAsync(response)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_oversized_body_is_400_whether_its_length_is_announced_or_not(bool announced)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.Tier.MaxBodyBytes = 10_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/models/dimec/infer");
        request.Content = announced ? new ByteArrayContent(new byte[20_000]) : new StreamContent(new EndlessStream(20_000));
        using var response = await tier.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("larger than the 10000 bytes", RestCalls.Error(await RestCalls.JsonAsync(response)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_rows_or_tokens_a_row_are_400()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.Tier.MaxBatch = 3);
        var texts = string.Join(',', Enumerable.Repeat("\"a\"", 4));
        var (_, rows) = await tier.PostAsync(
            "v2/models/dimec/infer", $$"""{"inputs":[{"name":"text","shape":[4],"datatype":"BYTES","data":[{{texts}}]}]}""");
        Assert.Contains("4 rows; this tier takes at most 3", RestCalls.Error(rows), StringComparison.Ordinal);
        var ids = string.Join(',', Enumerable.Repeat("1", 34));
        var (_, tokens) = await tier.PostAsync(
            "v2/models/dimec_edge/infer",
            $$"""{"inputs":[{"name":"input_ids","shape":[2,17],"datatype":"INT64","data":[{{ids}}]},{"name":"attention_mask","shape":[2,17],"datatype":"INT64","data":[{{ids}}]}]}""");
        Assert.Contains("has 17 tokens a row; send 1 to 16 tokens", RestCalls.Error(tokens), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_not_utf8_in_a_binary_body_is_400()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var json = """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":5}}]}""";
        byte[] body = [.. Encoding.UTF8.GetBytes(json), 1, 0, 0, 0, 0xFF];
        using var response = await tier.PostBinaryAsync("v2/models/dimec/infer", body, $"{json.Length}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("element 0 of 'text' is not UTF-8", RestCalls.Error(await RestCalls.JsonAsync(response)), StringComparison.Ordinal);
    }

    /// <summary>A stream whose length cannot be asked for, so that it is sent in chunks.</summary>
    private sealed class EndlessStream(int length) : Stream
    {
        private int _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = Math.Min(count, _left);
            _left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
