using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dimec.Serving.Tests.Grpc;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;

namespace Dimec.Serving.Tests.Admission;

/// <summary>
/// Callers that send nearly all of a body and then nothing, or that do not take their answer: they keep nobody out, and not for ever.
/// </summary>
public class SlowCallerTests
{
    private const int Most = 100_000;
    private const string Text = """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""";

    [Fact]
    public async Task Unfinished_bodies_that_fill_the_room_make_way_for_others()
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => (options.Tier.MaxBodyBytes, options.Tier.MaxInFlightBytes) = (Most, 4 * Most));
        var slow = new List<TcpClient>();
        for (var i = 0; i < 3; i++)
            slow.Add(await RawHttp.SendAsync(tier, $"{RawHttp.Infer}Content-Length: {Most}\r\n\r\n{new string(' ', Most - 10)}"));
        using var end = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 2).Select(_ => SlowCallAsync(tier, end.Token)).ToList();

        // At first there may be no room; after a second there is, long before any of them has met its deadline.
        var waited = Stopwatch.StartNew();
        while ((await tier.PostAsync(
            "v2/models/dimec/infer", $$"""{"id":"{{new string('x', 4000)}}","x":"{{new string(' ', 80_000)}}",{{Text[1..]}}""")).Status
            != HttpStatusCode.OK)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(15), $"It took {waited.Elapsed}.");
        await tier.PostAsync("v2/models/dimec/infer", Text);
        slow.ForEach(RawHttp.Reset);
        // What was not ended to make room would have the tier wait for it as it stops.
        await end.CancelAsync();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task A_body_that_is_not_here_in_time_is_408_or_deadline_exceeded()
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => options.Tier.BodyTimeout = TimeSpan.FromSeconds(1));
        var waited = Stopwatch.StartNew();
        var call = SlowCallAsync(tier);
        using var length = await RawHttp.SendAsync(tier, $"{RawHttp.Infer}Content-Length: {Most}\r\n\r\n{new string(' ', Most - 10)}");
        using var chunks = await RawHttp.SendAsync(tier, $"{RawHttp.Infer}Transfer-Encoding: chunked\r\n\r\n3\r\n{{\"i\r\n");
        using var nothing = await RawHttp.SendAsync(tier, $"{RawHttp.Infer}Content-Length: 10\r\n\r\n");
        foreach (var client in new[] { length, chunks, nothing })
        {
            var answer = await RawHttp.AnswerAsync(client);
            Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
            Assert.Contains("the body was not here 1 s after it began", answer, StringComparison.Ordinal);
        }

        Assert.Equal(("4", true), await call);
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(15), $"It took {waited.Elapsed}.");
        Assert.Equal(HttpStatusCode.OK, (await tier.PostAsync("v2/models/dimec/infer", Text)).Status);
    }

    [Fact]
    public async Task A_body_that_trickles_in_is_408_as_well()
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => options.Tier.BodyTimeout = TimeSpan.FromSeconds(1));
        using var client = await RawHttp.SendAsync(tier, $"{RawHttp.Infer}Content-Length: 1000\r\n\r\n");
        var answer = RawHttp.AnswerAsync(client);
        while (!answer.IsCompleted)
        {
            try
            {
                await client.GetStream().WriteAsync(new byte[] { 32 }, TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                // It has hung up.
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_does_not_take_its_answers_is_hung_up_on()
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => (options.Tier.MaxBatch, options.Tier.BodyTimeout) = (4096, TimeSpan.FromSeconds(1)));
        var texts = string.Join(',', Enumerable.Repeat("\"a\"", 4096));
        var json = $$"""{"inputs":[{"name":"text","shape":[4096],"datatype":"BYTES","data":[{{texts}}]}]}""";
        using var client = await RawHttp.SendAsync(tier, "");
        client.ReceiveBufferSize = 4096;
        var request = System.Text.Encoding.ASCII.GetBytes(
            $"POST /v2/models/dimec/infer HTTP/1.1\r\nHost: tier\r\nContent-Length: {json.Length}\r\n\r\n{json}");
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
                await client.GetStream().WriteAsync(request, late.Token);
        });
        Assert.Equal(HttpStatusCode.OK, (await tier.PostAsync("v2/models/dimec/infer", Text)).Status);
    }

    /// <summary>Calls with a message that does not end; the status, and whether the sentence names the deadline.</summary>
    private static async Task<(string Status, bool NamesDeadline)> SlowCallAsync(RunningTier tier, CancellationToken end = default)
    {
        using var content = new UnendingContent();
        using var ended = end.Register(content.Dispose);
        try
        {
            using var response = await GrpcAttackTests.SendAsync(tier, content, null);
            return (GrpcAttackTests.Trailer(response, "grpc-status"), Uri.UnescapeDataString(GrpcAttackTests.Trailer(
                response, "grpc-message")).Contains("the body was not here", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is HttpRequestException || end.IsCancellationRequested)
        {
            return ("", false);
        }
    }

    private sealed class UnendingContent : HttpContent
    {
        private readonly CancellationTokenSource _end = new();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 0, 0, 0x01, 0x00, 0x00 });
            await stream.WriteAsync(new byte[65_000]);
            await stream.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(20), _end.Token);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            _end.Cancel();
            base.Dispose(disposing);
        }
    }
}
