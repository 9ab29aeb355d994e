using System.Net;
using System.Net.Sockets;
using System.Text;
using Dimec.Costs;
using Dimec.Inference;
using Dimec.OpenInference;
using Microsoft.AspNetCore.Http;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>Tiers that are wrong, lie, hang or break off: a value each, and the mobile answers.</summary>
public class HostileTierTests
{
    private static CancellationToken Stop => ClientTests.Stop;

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task A_foreign_server_with_the_bundles_model_is_used(string transport)
    {
        using var test = new TestBundle("edge");
        using var model = TierModel.Load(test.Bundle, "edge");
        await using var tier = await LyingTier.StartAsync(test.Bundle, (request, _) => Task.FromResult(Honest(model, request)));
        await using var client = await ConnectAsync(test, tier, transport);
        Assert.Empty(client.Unreachable);
        Assert.Equal("edge", (await client.ClassifyAsync("a b", Stop)).Tier);
    }

    [Fact]
    public async Task A_foreign_server_is_used_by_a_plan_that_stops_within_the_layers_of_the_mobile_alone()
    {
        using var test = new TestBundle(
            "ladder",
            """
            {"stops":[{"exit":1,"tier":"mobile","start":"text","threshold":2,"weights":{"1":1}},
            {"exit":2,"tier":"mobile","start":"here","threshold":2,"weights":{"2":1}},
            {"exit":3,"tier":"edge","start":"text","weights":{"3":1}}]}
            """,
            costs: new CostStructure("layers", [new TierCost("mobile", 2, 1, 0), new TierCost("edge", 3, 1, 1)], []));
        using var model = TierModel.Load(test.Bundle, "edge");
        await using var tier = await LyingTier.StartAsync(test.Bundle, (request, _) => Task.FromResult(Honest(model, request)));
        await using var client = await ConnectAsync(test, tier, "http");
        var answer = await client.ClassifyAsync("a b", Stop);
        Assert.Equal(("edge", 3, 6.0, false), (answer.Tier, answer.Exit, answer.Cost, answer.Fallback));
    }

    [Theory]
    [InlineData("http", "other", TierFailureReason.BundleMismatch, "golden samples")]
    [InlineData("grpc", "other", TierFailureReason.BundleMismatch, "golden samples")]
    [InlineData("http", "shape", TierFailureReason.InvalidResponse, "the shape [1,2] instead of [3,2]")]
    [InlineData("grpc", "shape", TierFailureReason.InvalidResponse, "the shape [1,2] instead of [3,2]")]
    [InlineData("http", "classes", TierFailureReason.InvalidResponse, "the shape [3,3] instead of [3,2]")]
    [InlineData("grpc", "classes", TierFailureReason.InvalidResponse, "the shape [3,3] instead of [3,2]")]
    [InlineData("http", "nan", TierFailureReason.InvalidResponse, "not a finite number")]
    [InlineData("grpc", "nan", TierFailureReason.InvalidResponse, "not a finite number")]
    [InlineData("http", "hang", TierFailureReason.TimedOut, "within 3 s")]
    [InlineData("grpc", "hang", TierFailureReason.TimedOut, "within 3 s")]
    [InlineData("http", "abort", TierFailureReason.Unreachable, "")]
    [InlineData("grpc", "abort", TierFailureReason.Unreachable, "")]
    public async Task A_tier_that_lies_is_a_value(string transport, string lie, TierFailureReason reason, string words)
    {
        using var test = new TestBundle("edge");
        await using var tier = await LyingTier.StartAsync(test.Bundle, async (request, context) => lie switch
        {
            "shape" => LyingTier.Answer([1, 2], 1, 2),
            "classes" => LyingTier.Answer([3, 3], new float[9]),
            "nan" => LyingTier.Answer([3, 2], [1, 2, 3, float.NaN, 5, 6]),
            "hang" => await HangAsync(context),
            "abort" => Abort(context),
            _ => LyingTier.Answer([3, 2], [9, 9, 9, 9, 9, 9]),
        });
        await using var client = await ConnectAsync(
            test, tier, transport, lie == "hang" ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(30));
        var failure = Assert.Single(client.Unreachable);
        Assert.Equal(reason, failure.Reason);
        Assert.Contains(words, failure.Sentence, StringComparison.Ordinal);
        var answer = await client.ClassifyAsync("a", Stop);
        Assert.Equal(("mobile", true, 1.0), (answer.Tier, answer.Fallback, answer.Cost));
        Assert.Equal(
            [("edge", reason), ("cloud", TierFailureReason.NotConfigured)], answer.Failures.Select(known => (known.Tier, known.Reason)));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task A_tier_that_names_another_bundle_later_is_not_believed(string transport)
    {
        using var test = new TestBundle("edge");
        var hash = test.Bundle.Hash;
        await using var tier = await LyingTier.StartAsync(test.Bundle, (request, _) => Task.FromResult(LyingTier.Answer(
            [request.Inputs[0].Shape[0], 2], new float[request.Inputs[0].Shape[0] * 2]) with
        { Parameters = new Dictionary<string, ParameterValue> { ["dimec_bundle"] = hash } }));
        await using var client = await ConnectAsync(test, tier, transport, TimeSpan.FromSeconds(30));
        Assert.Empty(client.Unreachable);
        Assert.Equal("edge", (await client.ClassifyAsync("a", Stop)).Tier);
        hash = new string('0', 64);
        var answer = await client.ClassifyAsync("a", Stop);
        Assert.Equal(("mobile", TierFailureReason.BundleMismatch), (answer.Tier, answer.Failures[0].Reason));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task A_tier_that_hangs_later_is_waited_for_once_and_asked_over_a_new_connection_when_it_is_back(string transport)
    {
        using var test = new TestBundle("edge");
        var hang = false;
        var (asked, connections) = (0, new HashSet<string>());
        await using var tier = await LyingTier.StartAsync(test.Bundle, async (request, context) =>
        {
            lock (connections)
            {
                asked += request.Parameters.ContainsKey("dimec_probe") ? 0 : 1;
                connections.Add(context.Connection.Id);
            }

            return Volatile.Read(ref hang)
                ? await HangAsync(context)
                : LyingTier.Answer([request.Inputs[0].Shape[0], 2], new float[request.Inputs[0].Shape[0] * 2]) with
                {
                    Parameters = new Dictionary<string, ParameterValue> { ["dimec_bundle"] = test.Bundle.Hash },
                };
        }, name: "dimec");
        var options = new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(5), MaxBatch = 1, MaxConcurrency = 1 };
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = transport == "grpc" ? tier.Grpc : tier.Rest }, options,
            cancellationToken: Stop);
        Assert.Empty(client.Unreachable);

        (asked, hang) = (0, true);
        connections.Clear();
        var answers = await client.ClassifyAsync([.. Enumerable.Repeat(new TextInput("a"), 20)], Stop);
        Assert.All(answers, answer => Assert.Equal(("mobile", TierFailureReason.TimedOut), (answer.Tier, answer.Failures[0].Reason)));
        for (var i = 0; i < 5; i++)
            Assert.Equal("mobile", (await client.ClassifyAsync("a", Stop)).Tier);
        Assert.Equal(1, asked);

        Volatile.Write(ref hang, false);
        await ClientTests.AnswersAsync(client, "edge");
        Assert.True(connections.Count > 1);
    }

    [Theory]
    [InlineData("429 Too Many Requests", TierFailureReason.Refused)]
    [InlineData("401 Unauthorized", TierFailureReason.Refused)]
    [InlineData("500 Internal Server Error", TierFailureReason.Refused)]
    [InlineData("502 Bad Gateway", TierFailureReason.Unreachable)]
    [InlineData("503 Service Unavailable", TierFailureReason.Unreachable)]
    public async Task What_stands_before_a_tier_and_refuses_for_it_is_a_value(string status, TierFailureReason reason)
    {
        using var test = new TestBundle("edge");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = ReplyAsync(listener, $"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = url }, cancellationToken: Stop);
        Assert.Equal(reason, Assert.Single(client.Unreachable).Reason);
        Assert.Equal("mobile", (await client.ClassifyAsync("a", Stop)).Tier);
        listener.Stop();
        await server;
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 301 Moved Permanently\r\nLocation: https://example.invalid/\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"weather\":1}")]
    public async Task A_server_of_something_else_is_a_wrong_call(string reply)
    {
        using var test = new TestBundle("edge");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ReplyAsync(listener, reply);
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var wrong = await Assert.ThrowsAsync<InputException>(() => DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = url }, ClientTests.Patient, cancellationToken: Stop));
        Assert.Contains(
            $"edge '{url.OriginalString}': does not speak the Open Inference Protocol v2", Assert.Single(wrong.Errors).ToString(),
            StringComparison.Ordinal);
        listener.Stop();
        await serving;
    }

    [Theory]
    [InlineData("grpc", "http")]
    [InlineData("http", "grpc")]
    public async Task A_tiers_other_port_is_a_wrong_call(string scheme, string port)
    {
        using var test = new TestBundle("edge");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        var url = new Uri($"{scheme}://{ClientTests.Url(port, edge).Authority}");
        var wrong = await Assert.ThrowsAsync<InputException>(() => DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = url }, ClientTests.Patient, cancellationToken: Stop));
        Assert.Contains("does not speak the Open Inference Protocol v2", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_wrong_address_and_option_is_reported_at_once()
    {
        using var test = new TestBundle("edge", golden: false);
        var urls = new Dictionary<string, Uri>
        {
            ["mobile"] = new("http://h:1"),
            ["moon"] = new("http://h:1"),
            ["edge"] = new("ftp://h:1"),
            ["cloud"] = new("grpc://host"),
        };
        var options = new DimecClientOptions { TierTimeout = TimeSpan.Zero, MaxBatch = 0 };
        var wrong = await Assert.ThrowsAsync<InputException>(() =>
            DimecClient.ConnectAsync(test.Bundle, urls, options, cancellationToken: Stop));
        Assert.Equal(
            ["TierTimeout", "MaxBatch", "mobile 'http://h:1'", "moon 'http://h:1'", "edge 'ftp://h:1'", "cloud 'grpc://host'"],
            wrong.Errors.Select(error => error.Where));
    }

    private static Task<DimecClient> ConnectAsync(TestBundle test, LyingTier tier, string transport, TimeSpan? timeout = null)
        => DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = transport == "grpc" ? tier.Grpc : tier.Rest },
            new DimecClientOptions { TierTimeout = timeout ?? TimeSpan.FromSeconds(30) }, cancellationToken: Stop);

    internal static InferResponse Honest(TierModel model, InferRequest request)
    {
        var (rows, length) = ((int)request.Inputs[0].Shape[0], (int)request.Inputs[0].Shape[1]);
        var logits = new float[rows * 2];
        model.Run(request.Inputs[0].ToArray<long>(), request.Inputs[1].ToArray<long>(), Memory<long>.Empty, rows, length, logits);
        return LyingTier.Answer([rows, 2], logits);
    }

    private static async Task<InferResponse> HangAsync(HttpContext context)
    {
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
        return LyingTier.Answer([0, 2]);
    }

    private static InferResponse Abort(HttpContext context)
    {
        context.Abort();
        throw new IOException("aborted");
    }

    private static async Task ReplyAsync(TcpListener listener, string reply)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(Stop);
                await client.GetStream().ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, Stop);
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(reply), Stop);
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or InvalidOperationException)
        {
            // The listener was stopped, in the middle of an accept or before the next: the test is over.
        }
    }
}
