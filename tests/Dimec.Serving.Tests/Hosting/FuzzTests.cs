using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Rest;
using Dimec.Serving.Tests.Grpc;
using Dimec.Serving.Tests.Rest;
using Google.Protobuf;

namespace Dimec.Serving.Tests.Hosting;

/// <summary>
/// Requests that are nearly right: whatever is sent gets an answer in the protocol's form, never a failure of the server's own and never a
/// line in the log, and the next right request is answered.
/// </summary>
public class FuzzTests
{
    private const int Requests = 400;

    private static readonly string[] s_fragments =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "0", "1e999", "9223372036854775808", "\\ud800", "\\u0000", "\uFEFF",
        "\"data\":", "\"shape\":[2]", "\"name\":\"text\"",
        "\"datatype\":\"BYTES\"", "\"datatype\":\"FP32\"", "\"parameters\":{\"content_type\":\"base64\"}",
        "\"parameters\":{\"classification\":1}", "\"parameters\":{\"sequence_id\":7}", "\"parameters\":{\"shared_memory_region\":\"a\"}",
        "\"parameters\":{\"binary_data_size\":3}", "\"parameters\":{}", "\"id\":\"x\"", "\"outputs\":[]",
    ];

    private static readonly string[] s_encodings = ["gzip", "deflate", "br", "gzip, gzip", "identity", "", ",", "x-gzip", "GZIP"];

    private static readonly string[] s_types =
    [
        "application/json", "application/octet-stream", "text/plain; charset=utf-16", "x/y", ";", "application/json; charset=\"\"",
        "multipart/form-data",
    ];

    private static readonly string[] s_paths =
    [
        "v2/models/dimec/infer", "v2/models/dimec_edge/infer", "v2/models/dimec/versions/3/infer", "v2/models/%F0%9F/infer",
        "v2/models//infer", "v2/models/dimec", "v2", "x", "v2/repository/index", "v2/trace/setting", "v2/logging",
        "v2/repository/models/dimec/load", "v2/systemsharedmemory/region/a/register", "v2/models/dimec/stats",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nearly_right_requests_over_rest(int seed)
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => (options.Tier.MaxBodyBytes, options.Tier.MaxInFlightBytes) = (100_000, 400_000));
        var random = new Random(seed);
        for (var i = 0; i < Requests; i++)
        {
            var body = Body(random);
            using var request = new HttpRequestMessage(HttpMethod.Post, Pick(random, 0.2, s_paths));
            var encoding = Encode(random, ref body);
            request.Content = new ByteArrayContent(body);
            if (encoding is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            if (random.Next(4) == 0)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", s_types[random.Next(s_types.Length)]);
            if (random.Next(3) == 0)
            {
                request.Headers.TryAddWithoutValidation(
                    "Inference-Header-Content-Length", random.Next(4) == 0 ? "-1" : $"{random.Next(body.Length + 2)}");
            }

            using var response = await tier.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(
                (int)response.StatusCode is 200 or 400 or 404 or 405 or 415 or 501,
                $"seed {seed}, request {i}: {(int)response.StatusCode} {answer}");
            if (response.StatusCode != HttpStatusCode.OK)
                Assert.False(string.IsNullOrWhiteSpace(RestCalls.Error(JsonElement.Parse(answer))));
        }

        Assert.Equal(HttpStatusCode.OK, (await tier.PostAsync("v2/models/dimec/infer", Json(random, "a"))).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nearly_right_requests_over_grpc(int seed)
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => (options.Tier.MaxBodyBytes, options.Tier.MaxInFlightBytes) = (100_000, 4_000_000));
        var random = new Random(seed);
        for (var i = 0; i < Requests; i++)
        {
            var message = Mutate(random, Message(random).ToByteArray(), Math.Max(0, random.Next(8) - 3));
            var packed = random.Next(3) == 0;
            byte[] sent = packed ? Mutate(random, Pack(message, random.Next(2) == 0), random.Next(3) == 0 ? 1 : 0) : message;
            var length = random.Next(20) == 0 ? random.Next() : sent.Length;
            using var content = new ByteArrayContent(
                [(byte)(packed ? 1 : 0), (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. sent]);
            using var response = await GrpcAttackTests.SendAsync(tier, content, packed ? (random.Next(9) == 0 ? "br" : "gzip") : null);
            var status = GrpcAttackTests.Trailer(response, "grpc-status");
            var said = response.TrailingHeaders.TryGetValues("grpc-message", out var values) ? values.Single() : "";
            // 13 is the framework's own word for a message that is cut off; a failure of ours would be in the log.
            Assert.True(status is "0" or "3" or "5" or "8" or "9" or "12" or "13", $"seed {seed}, request {i}: {status} {said}");
        }

        await GrpcTests.InferAsync(tier, GrpcTests.Typed());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nearly_right_streams(int seed)
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => (options.Tier.MaxBodyBytes, options.Tier.MaxInFlightBytes) = (100_000, 4_000_000));
        var random = new Random(seed);
        for (var i = 0; i < Requests / 2; i++)
        {
            List<byte> bytes = [];
            for (var left = random.Next(5); left > 0; left--)
            {
                var message = Mutate(random, Message(random).ToByteArray(), Math.Max(0, random.Next(8) - 5));
                bytes.AddRange([0, 0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message]);
            }

            byte[] sent = Mutate(random, [.. bytes], random.Next(4) == 0 ? 1 : 0);
            using var content = new ByteArrayContent(random.Next(4) == 0 ? sent[..random.Next(sent.Length + 1)] : sent);
            using var response = await GrpcAttackTests.SendAsync(tier, content, random.Next(6) == 0 ? "gzip" : null, "ModelStreamInfer");
            var status = GrpcAttackTests.Trailer(response, "grpc-status");
            Assert.True(status is "0" or "3" or "8" or "12" or "13", $"seed {seed}, stream {i}: {status}");
        }

        await GrpcTests.InferAsync(tier, GrpcTests.Typed());
    }

    private static byte[] Body(Random random)
    {
        if (random.Next(3) == 0)
        {
            var (binary, _) = RestRequestCodec.Write(RestInferTests.Tokens([]));
            return Mutate(random, binary, random.Next(3));
        }

        var json = new StringBuilder(Json(random, "a text"));
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var place = random.Next(json.Length);
            if (random.Next(2) == 0)
                json.Insert(place, s_fragments[random.Next(s_fragments.Length)]);
            else
                json.Remove(place, Math.Min(random.Next(1, 12), json.Length - place));
        }

        return Mutate(random, Encoding.UTF8.GetBytes(json.ToString()), random.Next(4) == 0 ? 1 : 0);
    }

    private static string Json(Random random, string text)
        => $$"""{"id":"{{random.Next()}}","parameters":{"x":1},"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","parameters":{"content_type":"str"},"data":["{{text}}"]}],"outputs":[{"name":"label"}]}""";

    private static ModelInferRequest Message(Random random)
    {
        var message = random.Next(2) == 0 ? GrpcTests.Typed() : GrpcCodec.ToMessage(RestInferTests.Tokens([]));
        if (random.Next(3) == 0)
            message.Inputs[random.Next(2)].Parameters.Add("content_type", new InferParameter { StringParam = "np" });
        if (random.Next(6) == 0)
            message.Inputs[0].Shape.Add(random.NextInt64());
        return message;
    }

    private static string? Encode(Random random, ref byte[] body)
    {
        switch (random.Next(5))
        {
            case 0:
                var gzip = random.Next(2) == 0;
                body = Mutate(random, Pack(body, gzip), random.Next(3) == 0 ? 1 : 0);
                return gzip ? "gzip" : "deflate";
            case 1:
                return s_encodings[random.Next(s_encodings.Length)];
            default:
                return null;
        }
    }

    private static byte[] Pack(byte[] body, bool gzip)
    {
        using var memory = new MemoryStream();
        using (Stream stream = gzip
            ? new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true)
            : new ZLibStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(body);
        return memory.ToArray();
    }

    private static byte[] Mutate(Random random, byte[] bytes, int changes)
    {
        var changed = bytes.ToList();
        for (; changes > 0 && changed.Count > 0; changes--)
        {
            var place = random.Next(changed.Count);
            switch (random.Next(4))
            {
                case 0: changed[place] = (byte)random.Next(256); break;
                case 1: changed[place] ^= (byte)(1 << random.Next(8)); break;
                case 2: changed.RemoveRange(place, Math.Min(random.Next(1, 9), changed.Count - place)); break;
                default: changed.InsertRange(place, changed.GetRange(place, Math.Min(random.Next(1, 9), changed.Count - place))); break;
            }
        }

        return [.. changed];
    }

    private static string Pick(Random random, double share, string[] all) =>
        random.NextDouble() < share ? all[random.Next(all.Length)] : all[0];
}
