using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;

namespace Dimec.EndToEnd.Tests;

/// <summary>
/// The executable <c>dimec-tier</c> is <c>dimec serve</c> without the rest of the tool: the same answers, options and exit codes.
/// </summary>
public sealed class TierToolTests(MadeRun made)
{
    private const string Infer =
        """{"id":"7","inputs":[{"name":"text","shape":[2],"datatype":"BYTES","data":["rain and wind tomorrow","a calm day"]}]}""";

    [Fact]
    public async Task Its_answers_are_those_of_dimec_serve_byte_for_byte()
    {
        await using var served = await ServedTier.StartAsync(made.Bundle, "edge");
        await using var tier = await ServedTier.StartToolAsync("dimec-tier.dll", [], made.Bundle, "edge");

        var (rest, grpc) = (await RestAsync(served), await GrpcAsync(served));
        Assert.Contains("\"dimec_tier\":\"edge\"", Encoding.UTF8.GetString(rest), StringComparison.Ordinal);
        Assert.True(grpc.AsSpan().IndexOf("probabilities"u8) > 0, "The answer over gRPC has no probabilities.");
        Assert.Equal(rest, await RestAsync(tier));
        Assert.Equal(grpc, await GrpcAsync(tier));
    }

    [Fact]
    public async Task The_first_tier_gives_the_plans_answer_and_says_how_it_is_set_up()
    {
        await using var tier = await ServedTier.StartToolAsync("dimec-tier.dll", [], made.Bundle, "mobile");
        var answer = Encoding.UTF8.GetString(await RestAsync(tier, "dimec_plan"));
        foreach (var output in (string[])["label", "confidence", "tier", "exit", "cost", "fallback", "truncated"])
            Assert.Contains($"\"name\":\"{output}\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"data\":[\"mobile\",\"mobile\"]", answer, StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = tier.Http };
        var config = await client.GetStringAsync(
            new Uri("/v2/models/dimec_plan/config", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("\"max_batch_size\":128,\"input\":[{\"name\":\"text\"", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_0_when_it_is_told_to_stop()
    {
        await using var tier = await ServedTier.StartToolAsync("dimec-tier.dll", [], made.Bundle, "mobile");
        await Signals.TerminateAsync(tier.Process);
        await Signals.EndedAsync(tier.Process);
        Assert.Equal(0, tier.Process.ExitCode);
    }

    [Theory]
    [InlineData("--threads: is 0; give 1 to 1024.", "--tier", "edge", "--threads", "0")]
    [InlineData("--workers 1,5: is no whole number; ", "--tier", "edge", "--workers", "1,5")]
    [InlineData("--address: is '127.1', no IP address; ", "--tier", "edge", "--address", "127.1")]
    [InlineData("no tier 'desk'", "--tier", "desk")]
    public async Task What_is_wrong_is_said_as_dimec_serve_says_it(string sentence, params string[] options)
    {
        var served = await Tool.RunAsync(["serve", made.Bundle, .. options]);
        var tier = await Tool.RunToolAsync("dimec-tier.dll", made.Bundle, options);

        Assert.Equal(2, tier.ExitCode);
        Assert.Contains(sentence, tier.Error, StringComparison.Ordinal);
        // Behind the sentence each says where its own help is.
        Assert.Equal(served with { Error = served.Error.Split('\n')[0] }, tier with { Error = tier.Error.Split('\n')[0] });
    }

    private static async Task<byte[]> RestAsync(ServedTier tier, string model = "dimec")
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = new HttpClient { BaseAddress = tier.Http };
        using var body = new StringContent(Infer, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"/v2/models/{model}/infer", UriKind.Relative), body, stop);
        var bytes = await answer.Content.ReadAsByteArrayAsync(stop);
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(bytes));
        return bytes;
    }

    /// <summary>The message that comes back, as it travels.</summary>
    private static async Task<byte[]> GrpcAsync(ServedTier tier)
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(tier.Grpc.Replace("grpc://", "http://", StringComparison.Ordinal) + "/inference.GRPCInferenceService/ModelInfer"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Framed(Request("rain and wind tomorrow"))),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using var answer = await client.SendAsync(request, stop);
        var bytes = await answer.Content.ReadAsByteArrayAsync(stop);
        Assert.Equal(["0"], answer.TrailingHeaders.GetValues("grpc-status"));
        return bytes;
    }

    /// <summary>A message behind what gRPC puts before it: not compressed, and its length.</summary>
    private static byte[] Framed(byte[] message) => [0, 0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message];

    /// <summary>A ModelInferRequest for one text, written by hand.</summary>
    private static byte[] Request(string text) => Message(
        (1, Encoding.UTF8.GetBytes("dimec")),
        (5, Message(
            (1, Encoding.UTF8.GetBytes("text")),
            (2, Encoding.UTF8.GetBytes("BYTES")),
            (3, [1, 1]),
            (5, Message((8, Encoding.UTF8.GetBytes(text)))))));

    private static byte[] Message(params (int Field, byte[] Value)[] fields)
    {
        using var bytes = new MemoryStream();
        using var writer = new CodedOutputStream(bytes);
        foreach (var (field, value) in fields)
        {
            writer.WriteTag(field, WireFormat.WireType.LengthDelimited);
            writer.WriteBytes(ByteString.CopyFrom(value));
        }

        writer.Flush();
        return bytes.ToArray();
    }
}
