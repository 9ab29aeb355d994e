using System.Globalization;
using System.Net;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Tests.Rest;
using Grpc.Core;

namespace Dimec.Serving.Tests.Hosting;

public class LoadTests
{
    [Fact]
    public async Task A_full_queue_is_429_and_health_is_answered_all_the_while()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await RunningTier.StartAsync(backend, options => options.Tier.QueueSize = 2);
        var running = PostAsync(tier, "a");
        while (backend.Runs == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        // One runs, two may wait: of eight more, six are refused, and each at once.
        var more = Enumerable.Range(0, 8).Select(_ => PostAsync(tier, "a")).ToList();
        var refused = new List<(HttpStatusCode Status, System.Text.Json.JsonElement Body)>();
        while (refused.Count < 6)
        {
            var done = await Task.WhenAny(more);
            more.Remove(done);
            refused.Add(await done);
        }

        Assert.All(refused, answer => Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status));
        Assert.Contains("2 requests are waiting already", RestCalls.Error(refused[0].Body), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await tier.GetAsync("v2/health/ready")).Status);
        gate.Set();
        Assert.Equal(HttpStatusCode.OK, (await running).Status);
        Assert.All(await Task.WhenAll(more), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    [Fact]
    public async Task A_full_queue_says_when_to_come_back()
    {
        using var gate = new ManualResetEventSlim(true);
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await RunningTier.StartAsync(backend, options => options.Tier.QueueSize = 1);
        await PostAsync(tier, "a");
        gate.Reset();
        var running = PostAsync(tier, "a");
        while (backend.Runs < 2)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        // Two of these: one of them waits.
        var rest = Enumerable.Range(0, 2).Select(_ => tier.Http.PostAsync(
            new Uri("v2/models/dimec/infer", UriKind.Relative), new StringContent(Text("a"), null, "application/json"),
            TestContext.Current.CancellationToken)).ToArray();
        using var refused = await await Task.WhenAny(rest);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        var full = await Assert.ThrowsAsync<RpcException>(async () => await tier.Grpc.ModelInferAsync(new ModelInferRequest
        {
            ModelName = "dimec_edge",
            Inputs = { Column("input_ids"), Column("attention_mask") },
        }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.ResourceExhausted, full.StatusCode);
        Assert.True(int.Parse(full.Trailers.GetValue("grpc-retry-pushback-ms")!, CultureInfo.InvariantCulture) >= 0);
        gate.Set();
        await running;
        await Task.WhenAll(rest);

        static ModelInferRequest.Types.InferInputTensor Column(string name) => new()
        {
            Name = name,
            Datatype = "INT64",
            Shape = { 1, 1 },
            Contents = new InferTensorContents { Int64Contents = { 1 } },
        };
    }

    [Fact]
    public async Task A_request_whose_own_deadline_passes_is_504_and_not_computed()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await RunningTier.StartAsync(backend);
        var running = PostAsync(tier, "a");
        while (backend.Runs == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        var (status, body) = await tier.PostAsync("v2/models/dimec/infer", Text("a", """, "parameters":{"dimec_deadline_ms":"50"}"""));
        Assert.Equal(HttpStatusCode.GatewayTimeout, status);
        Assert.Equal("the 50 ms of 'dimec_deadline_ms' have passed", RestCalls.Error(body));
        gate.Set();
        Assert.Equal(HttpStatusCode.OK, (await running).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(tier, "a")).Status);
        Assert.Equal(2, backend.Runs);
    }

    [Fact]
    public async Task Under_load_every_caller_gets_its_own_answer()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.Tier.InstanceCount = 4);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 400),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken }, async (i, _) =>
            {
                var (status, body) = await tier.PostAsync(
                    "v2/models/dimec_edge/infer",
                    $$"""{"id":"{{i}}","inputs":[{"name":"input_ids","shape":[1,1],"datatype":"INT64","data":[{{i}}]},{"name":"attention_mask","shape":[1,1],"datatype":"INT64","data":[1]}]}""");
                Assert.Equal((HttpStatusCode.OK, $"{i}"), (status, body.GetProperty("id").GetString()));
                Assert.Equal(i / 100f, body.GetProperty("outputs")[0].GetProperty("data")[0].GetSingle());
            });
    }

    /// <summary>Rows of all are cut and run together; what comes back is checked against what each row's logits must be.</summary>
    [Fact]
    public async Task Under_load_requests_of_all_sizes_get_their_own_rows_and_the_outputs_that_they_asked_for()
    {
        var backend = new FakeBackend();
        await using var tier = await RunningTier.StartAsync(
            backend, options => (options.Tier.InstanceCount, options.Tier.MaxTokens, options.Tier.QueueSize) = (3, 64, 1000));
        using var rest = new OpenInferenceClient(tier.Addresses.Http);
        using var grpc = new OpenInferenceClient(tier.Addresses.Grpc);
        var asked = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 400),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken },
            async (seed, stop) =>
            {
                var random = new Random(seed);
                var (rows, length) = (random.Next(1, 20), random.Next(1, 17));
                Interlocked.Add(ref asked, rows);
                long[] ids = [.. Enumerable.Range(0, rows * length).Select(_ => random.NextInt64(1000))];
                long[] mask = [.. Enumerable.Range(0, rows * length).Select(place => place % length == 0 ? 1 : random.NextInt64(2))];
                var isText = seed % 3 == 0;
                var inputs = isText
                    ? (Tensor[])[Tensor.FromStrings("text", [1], [new string('a', length - 1)])]
                    : [Tensor.From<long>("input_ids", [rows, length], ids), Tensor.From<long>("attention_mask", [rows, length], mask)];
                var result = await (seed % 2 == 0 ? rest : grpc).InferAsync(
                    new InferRequest(isText ? "dimec" : "dimec_edge", inputs)
                    {
                        Id = $"{seed}",
                        Outputs = isText ? [new RequestedOutput("label")] : [],
                    }, stop);
                Assert.Equal($"{seed}", result.Value!.Id);
                var output = Assert.Single(result.Value.Outputs);
                if (isText)
                {
                    Assert.Equal(101 + (97 * (length - 1)) > 100 * length ? "sad" : "glad", Assert.Single(output.Texts()));
                    return;
                }

                var expected = Enumerable.Range(0, rows).SelectMany(row =>
                {
                    var own = Enumerable.Range(row * length, length);
                    return new[] { own.Sum(place => ids[place] * mask[place]) / 100f, own.Sum(place => mask[place]) };
                });
                Assert.Equal(expected, output.ToArray<float>());
            });
        Assert.True(backend.Runs < asked);
    }

    [Fact]
    public async Task An_answer_that_is_no_number_is_500_and_logged()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend { Offset = float.NaN });
        tier.Expected = entry => entry.Contains("not a finite number", StringComparison.Ordinal);
        var (status, body) = await PostAsync(tier, "a");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Contains("not a finite number", RestCalls.Error(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_throws_is_500_tells_nothing_of_the_inside_and_the_next_is_answered()
    {
        var backend = new FakeBackend { OnRun = () => throw new InvalidOperationException("secret") };
        await using var tier = await RunningTier.StartAsync(backend);
        tier.Expected = entry => entry.Contains("failed: InvalidOperationException in", StringComparison.Ordinal)
            && !entry.Contains("secret", StringComparison.Ordinal);
        var (status, body) = await PostAsync(tier, "a");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.DoesNotContain("secret", RestCalls.Error(body), StringComparison.Ordinal);
        backend.OnRun = () => { };
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(tier, "a")).Status);
    }

    [Fact]
    public async Task Callers_that_go_away_or_dawdle_hold_nobody_up_and_log_nothing()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var slow = await RawHttp.SendAsync(
            tier, "POST /v2/models/dimec/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"inp");
        using (await RawHttp.SendAsync(tier, "POST /v2/models/dimec/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"inp"))
        {
            // Closed at once, in the middle of a body.
        }

        using var garbage = await RawHttp.SendAsync(tier, "\0\u0001 nonsense\r\n\r\n");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(tier, "a")).Status);
    }

    private static Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> PostAsync(RunningTier tier, string text)
        => tier.PostAsync("v2/models/dimec/infer", Text(text));

    private static string Text(string text, string more = "")
        => $$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["{{text}}"]}]{{more}}}""";
}
