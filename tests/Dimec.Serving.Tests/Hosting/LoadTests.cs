using System.Net;
using Dimec.Serving.Tests.Rest;

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
        tier.Expected = entry => entry.Contains("secret", StringComparison.Ordinal);
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
        => tier.PostAsync("v2/models/dimec/infer", $$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["{{text}}"]}]}""");
}
