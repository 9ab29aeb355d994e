using System.Net;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Google.Protobuf;
using Grpc.Core;

namespace Dimec.Serving.Tests.Admission;

/// <summary>The bodies of all requests under way share one room, so that many large ones do not fill the memory.</summary>
public class BodyRoomTests
{
    private const int Most = 100_000;
    private const int Room = 200_000;

    [Fact]
    public async Task A_body_beyond_the_room_is_429_and_there_is_room_again_when_others_are_answered()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await StartAsync(backend);
        var running = PostAsync(tier, 90_000);
        await RunsAsync(backend);
        var (status, body) = await PostAsync(tier, 90_000);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains($"leave no room for this one in the {Room} bytes", RestCalls.Error(body), StringComparison.Ordinal);
        var small = PostAsync(tier, 10);
        gate.Set();
        Assert.Equal(HttpStatusCode.OK, (await running).Status);
        Assert.Equal(HttpStatusCode.OK, (await small).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(tier, 90_000)).Status);
    }

    [Fact]
    public async Task A_message_beyond_the_room_is_resource_exhausted()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await StartAsync(backend);
        var running = InferAsync(tier, 90_000);
        await RunsAsync(backend);
        foreach (var encoding in new[] { "identity", "gzip" })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => InferAsync(tier, 90_000, encoding));
            Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
            Assert.Contains("leave no room", refused.Status.Detail, StringComparison.Ordinal);
        }

        gate.Set();
        await running;
        await InferAsync(tier, 90_000);
    }

    [Fact]
    public async Task What_is_announced_takes_no_room_and_what_has_arrived_does()
    {
        await using var tier = await StartAsync(new FakeBackend());
        var head = $"{RawHttp.Infer}Content-Length: {Most}\r\n\r\n";
        using var first = await RawHttp.SendAsync(tier, head);
        using var second = await RawHttp.SendAsync(tier, head);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(tier, 90_000)).Status);
        // It may not have arrived when the other asks, and then it is the one that finds no room.
        var refused = false;
        for (var attempt = 1; !refused && attempt < 20; attempt++)
        {
            var third = await RawHttp.SendAsync(tier, head + new string(' ', 90_000));
            await Task.Delay(100 * attempt, TestContext.Current.CancellationToken);
            refused = (await PostAsync(tier, 90_000)).Status == HttpStatusCode.TooManyRequests;
            RawHttp.Reset(third);
        }

        Assert.True(refused);
        while ((await PostAsync(tier, 90_000)).Status != HttpStatusCode.OK)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_small_message_that_grows_beyond_the_limit_is_refused()
    {
        await using var tier = await StartAsync(new FakeBackend());
        var refused = await Assert.ThrowsAsync<RpcException>(() => InferAsync(tier, 3_000_000, "gzip"));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Contains($"larger than the {Most} bytes", refused.Status.Detail, StringComparison.Ordinal);
    }

    private static Task<RunningTier> StartAsync(FakeBackend backend)
        => RunningTier.StartAsync(backend, options => (options.Tier.MaxBodyBytes, options.Tier.MaxInFlightBytes) = (Most, Room));

    private static async Task RunsAsync(FakeBackend backend)
    {
        while (backend.Runs == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private static Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> PostAsync(RunningTier tier, int length)
        => tier.PostAsync(
            "v2/models/dimec/infer",
            $$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["{{new string('a', length)}}"]}]}""");

    private static async Task InferAsync(RunningTier tier, int length, string encoding = "identity") => await tier.Grpc.ModelInferAsync(
        new ModelInferRequest
        {
            ModelName = "dimec",
            Inputs =
            {
                new ModelInferRequest.Types.InferInputTensor
                {
                    Name = "text", Datatype = "BYTES", Shape = { 1 },
                    Contents = new InferTensorContents { BytesContents = { ByteString.CopyFromUtf8(new string('a', length)) } },
                },
            },
        },
        new Metadata { { "grpc-internal-encoding-request", encoding } },
        cancellationToken: TestContext.Current.CancellationToken);
}
