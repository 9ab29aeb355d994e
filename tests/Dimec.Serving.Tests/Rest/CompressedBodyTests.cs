using System.IO.Compression;
using System.Net;
using System.Text;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Admission;
using Dimec.Serving.Tests.Admission;
using Dimec.Serving.Tests.Grpc;
using Dimec.Serving.Tests.Hosting;
using Google.Protobuf;

namespace Dimec.Serving.Tests.Rest;

/// <summary>RFC 1952 lets members follow one another; whatever else follows or is missing is refused, over REST and over gRPC.</summary>
public class CompressedBodyTests
{
    private static readonly byte[] s_text = Encoding.UTF8.GetBytes(
        $$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["{{string.Concat(Enumerable.Range(0, 10_000))}}"]}]}""");

    /// <summary>How a block-gzipped file ends: a member of nothing, with a field of its own in its header.</summary>
    private static readonly byte[] s_nothingWithField =
    [
        0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, 0x1B, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    [Fact]
    public async Task Members_that_follow_one_another_are_one_body()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        foreach (var body in new byte[][]
        {
            Members(s_text, 1), Members(s_text, 2), Members(s_text, 300), [.. Gzip([]), .. Gzip(s_text)],
            [.. Members(s_text, 2), .. Gzip([])], [.. Members(s_text, 2), .. Stored([]), .. s_nothingWithField],
        })
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(tier, body));
            Assert.Equal("0", await CallAsync(tier, whole => body.Length == Members(s_text, 1).Length ? Gzip(whole) : Members(whole, 3)));
        }
    }

    [Fact]
    public async Task Wherever_a_member_ends_in_what_is_read_at_once_the_next_one_is_found()
    {
        var reader = new BodyReader();
        var random = new byte[9000];
        new Random(4).NextBytes(random);
        for (var first = 8150; first < 8210; first++)
        {
            byte[] packed = [.. Stored(random[..first]), .. Gzip(random[first..])];
            Assert.Equal(random, await reader.DecompressAsync(packed, BodyEncoding.Gzip));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_follows_or_is_missing_is_refused(int members)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var whole = Members(s_text, members);
        foreach (var body in new byte[][]
        {
            whole[..^1], whole[..^8], whole[..^9], whole[..(whole.Length / 2)], [.. whole, 0], [.. whole, .. new byte[8]],
            [.. whole, .. new byte[64]], [.. whole, 0x1F], [.. whole, 0x1F, 0x8B],
            [.. whole, 0x1F, 0x8B, 8], [.. whole, 0x1F, 0x8B, 8, .. new byte[20]], [.. whole, 3, 0, .. new byte[8]],
            [.. whole, .. "garbage that is longer than a trailer"u8], [.. whole, .. Gzip([])[..^1]], [.. whole, .. s_text],
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(tier, body));
        }

        Assert.Equal("3", await CallAsync(tier, message => [.. Members(message, members), .. new byte[8]]));
        Assert.Equal("3", await CallAsync(tier, message => Members(message, members)[..^1]));
        Assert.Equal("3", await CallAsync(tier, message => [.. Members(message, members), .. "garbage"u8]));
    }

    [Theory]
    [InlineData("br", "not one of gzip, deflate, identity")]
    [InlineData("zstd", "not one of")]
    [InlineData("compress", "not one of")]
    [InlineData("aws-chunked", "not one of")]
    [InlineData("gzip, gzip", "several on top of each other")]
    [InlineData("deflate,gzip", "several on top of each other")]
    public async Task A_coding_that_is_not_taken_is_415_and_says_which_are(string encoding, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var response = await SendAsync(tier, Gzip(s_text), encoding);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains(sentence, RestCalls.Error(await RestCalls.JsonAsync(response)), StringComparison.Ordinal);
        Assert.Equal("gzip, deflate", string.Join(", ", response.Headers.GetValues("Accept-Encoding")));
    }

    private static async Task<HttpStatusCode> PostAsync(RunningTier tier, byte[] body)
    {
        using var response = await SendAsync(tier, body, "gzip");
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningTier tier, byte[] body, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/models/dimec/infer") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await tier.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The status of a call whose message is packed.</summary>
    private static async Task<string> CallAsync(RunningTier tier, Func<byte[], byte[]> pack)
    {
        var message = GrpcTests.Typed();
        message.Parameters.Add("padding", new InferParameter { StringParam = new string('x', 100) });
        var packed = pack(message.ToByteArray());
        using var content = new ByteArrayContent([1, 0, 0, (byte)(packed.Length >> 8), (byte)packed.Length, .. packed]);
        using var response = await GrpcAttackTests.SendAsync(tier, content, "gzip");
        return GrpcAttackTests.Trailer(response, "grpc-status");
    }

    private static byte[] Members(byte[] body, int count) => [.. body.Chunk((body.Length + count - 1) / count).SelectMany(Gzip)];

    private static byte[] Gzip(byte[] body) => Pack(body, CompressionLevel.Optimal);

    private static byte[] Stored(byte[] body) => Pack(body, CompressionLevel.NoCompression);

    private static byte[] Pack(byte[] body, CompressionLevel level)
    {
        using var memory = new MemoryStream();
        using (var stream = new GZipStream(memory, level, leaveOpen: true))
            stream.Write(body);
        // .NET writes nothing at all for nothing.
        return memory.Length > 0 ? memory.ToArray()
            : level == CompressionLevel.NoCompression ? [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 0, 0, 0xFF, 0xFF, .. new byte[8]]
            : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, .. new byte[8]];
    }
}
