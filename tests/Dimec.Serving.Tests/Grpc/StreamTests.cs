using System.Buffers.Binary;
using System.Net;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Tests.Hosting;
using Google.Protobuf;
using Grpc.Core;

namespace Dimec.Serving.Tests.Grpc;

/// <summary>Requests that come one after the other in one call: answered in their order, and let in as calls are.</summary>
public class StreamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_requests_are_answered_in_their_order_each_with_its_own_answer()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var call = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        var writing = WriteAsync(call, Enumerable.Range(0, 1000).Select(Request));
        var place = 0;
        await foreach (var response in call.ResponseStream.ReadAllAsync(Stop))
        {
            Assert.Equal("", response.ErrorMessage);
            Assert.Equal(($"{place}", "dimec_edge"), (response.InferResponse.Id, response.InferResponse.ModelName));
            Assert.Equal([place / 100f, 1], GrpcCodec.ToResponse(response.InferResponse).Outputs[0].ToArray<float>());
            Assert.True(response.InferResponse.Parameters["triton_final_response"].BoolParam);
            place++;
        }

        await writing;
        Assert.Equal(1000, place);
        var counted = await tier.Grpc.ModelStatisticsAsync(new() { Name = "dimec_edge" }, cancellationToken: Stop);
        Assert.Equal(1000ul, counted.ModelStats[0].InferenceStats.Success.Count);
    }

    [Fact]
    public async Task A_request_that_is_refused_has_its_sentence_in_its_place_and_the_stream_goes_on()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var wrong = new (Action<ModelInferRequest> Change, string Sentence)[]
        {
            (request => request.ModelName = "x", "no model 'x'"),
            (request => request.ModelVersion = "4", "no version '4'"),
            (request => request.Inputs.Clear(), "needs the input"),
            (request => request.Inputs[0].Datatype = "STRING", "is not one of BOOL"),
            (request => request.Parameters["sequence_id"] = new InferParameter { Int64Param = 7 }, "keeps nothing"),
            (request => request.Id = new string('x', 5000), "at most 4096"),
        };
        var requests = wrong.SelectMany(one =>
        {
            var request = Request(1);
            one.Change(request);
            return new[] { request, Request(2) };
        }).ToArray();
        var responses = await AskAsync(tier, requests);
        Assert.Equal(requests.Length, responses.Count);
        foreach (var (i, response) in responses.Index())
        {
            if (i % 2 == 1)
            {
                Assert.Equal(("", "2"), (response.ErrorMessage, response.InferResponse.Id));
                continue;
            }

            Assert.Contains(wrong[i / 2].Sentence, response.ErrorMessage, StringComparison.Ordinal);
            Assert.Equal(i / 2 == 5 ? "" : "1", response.InferResponse.Id);
            Assert.Empty(response.InferResponse.Outputs);
        }
    }

    [Fact]
    public async Task A_model_that_fails_is_a_sentence_in_its_place_as_well()
    {
        var backend = new FakeBackend();
        // One at a time is under way, and so none runs with another.
        await using var tier = await RunningTier.StartAsync(backend, options => options.Tier.QueueSize = 1);
        tier.Expected = entry => entry.Contains("A run of tier edge failed", StringComparison.Ordinal);
        backend.OnRun = () =>
        {
            if (backend.Runs == 2)
                throw new InvalidOperationException("no");
        };
        var responses = await AskAsync(tier, [.. Enumerable.Range(0, 3).Select(Request)]);
        Assert.Equal(["", "the model failed to run; the server's log says why", ""], responses.Select(response => response.ErrorMessage));
    }

    /// <summary>What a stream has under way is bounded, so that the next is read when there is room, and none is turned away.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_stream_alone_never_fills_the_queue(int queue)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.Tier.QueueSize = queue);
        var responses = await AskAsync(tier, [.. Enumerable.Range(0, 200).Select(Request)]);
        Assert.All(responses, response => Assert.Equal("", response.ErrorMessage));
        Assert.Equal(200, responses.Count);
    }

    [Fact]
    public async Task A_full_queue_refuses_the_requests_of_streams_as_it_does_calls()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await RunningTier.StartAsync(backend, options => options.Tier.QueueSize = 2);
        var running = GrpcTests.InferAsync(tier, GrpcTests.Typed());
        while (backend.Runs == 0)
            await Task.Delay(5, Stop);
        using var first = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        using var second = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        using var third = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        foreach (var call in new[] { first, second, third })
        {
            for (var i = 0; i < 3; i++)
                await call.RequestStream.WriteAsync(Request(i), Stop);
            await call.RequestStream.CompleteAsync();
        }

        // All of one stream may wait; of three, some are turned away, while those that wait hold their places.
        var answers = Task.WhenAll(new[] { first, second, third }.Select(call => ReadAsync(call)));
        while ((await tier.Grpc.ModelStatisticsAsync(new() { Name = "dimec_edge" }, cancellationToken: Stop))
            .ModelStats[0].InferenceStats.Fail.Count == 0)
        {
            await Task.Delay(5, Stop);
        }

        gate.Set();
        var all = (await answers).SelectMany(responses => responses).ToArray();
        Assert.Equal(9, all.Length);
        Assert.Contains(all, response => response.ErrorMessage == "2 requests are waiting already; try again later or on another tier");
        await running;
    }

    [Fact]
    public async Task A_stream_gets_no_more_room_than_calls_do()
    {
        using var gate = new ManualResetEventSlim();
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend { OnRun = gate.Wait },
            options => (options.Tier.MaxBodyBytes, options.Tier.MaxInFlightBytes, options.Tier.MaxBatch) = (100_000, 400_000, 4096));
        using var call = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        var writing = WriteAsync(call, Enumerable.Range(0, 32).Select(_ => Large()));
        var reading = ReadAsync(call);
        // The room is full long before what may be under way is.
        await Task.WhenAny(writing, reading, Task.Delay(TimeSpan.FromSeconds(2), Stop));
        gate.Set();
        var full = await Assert.ThrowsAsync<RpcException>(() => reading);
        Assert.Equal(StatusCode.ResourceExhausted, full.StatusCode);
        Assert.Contains("leave no room", full.Status.Detail, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => writing);
        Assert.Equal(3, (await AskAsync(tier, [Large(), Large(), Large()])).Count(response => response.ErrorMessage.Length == 0));
    }

    [Fact]
    public async Task A_message_over_the_limit_ends_the_stream_after_the_answers_before_it()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.Tier.MaxBodyBytes = 10_000);
        using var call = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        await call.RequestStream.WriteAsync(Request(7), Stop);
        var large = Request(8);
        large.Inputs[0].Name = new string('x', 20_000);
        // It is refused by its length, which may be before all of it was written.
        await Record.ExceptionAsync(() => call.RequestStream.WriteAsync(large, Stop));
        Assert.True(await call.ResponseStream.MoveNext(Stop));
        Assert.Equal("7", call.ResponseStream.Current.InferResponse.Id);
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Stop));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF }, StatusCode.InvalidArgument, "no message of ModelStreamInfer")]
    [InlineData(new byte[] { 7, 0, 0, 0, 1, 0 }, StatusCode.InvalidArgument, "no gRPC message")]
    [InlineData(new byte[] { 0, 0xFF, 0xFF, 0xFF, 0xFF, 0 }, StatusCode.ResourceExhausted, "larger than the")]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 0x0A }, StatusCode.Internal, "Incomplete message")]
    [InlineData(new byte[] { 0, 0 }, StatusCode.Internal, "Incomplete message")]
    public async Task Bytes_that_are_no_message_end_the_stream_with_a_status(byte[] bytes, StatusCode code, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var content = new ByteArrayContent([.. Frame(Request(1)), .. Frame(Request(2)), .. bytes]);
        using var response = await GrpcAttackTests.SendAsync(tier, content, null, "ModelStreamInfer");
        Assert.Equal($"{(int)code}", GrpcAttackTests.Trailer(response, "grpc-status"));
        Assert.Contains(
            sentence, Uri.UnescapeDataString(GrpcAttackTests.Trailer(response, "grpc-message")), StringComparison.Ordinal);
        var body = await response.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal(["1", "2"], Frames(body).Select(frame => ModelStreamInferResponse.Parser.ParseFrom(frame).InferResponse.Id));
    }

    [Fact]
    public async Task Streams_of_nothing_end_as_they_began()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        Assert.Empty(await AskAsync(tier, []));
    }

    [Fact]
    public async Task Messages_may_be_compressed()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var call = tier.Grpc.ModelStreamInfer(
            new Metadata { { "grpc-internal-encoding-request", "gzip" } }, cancellationToken: Stop);
        await WriteAsync(call, Enumerable.Range(0, 50).Select(Request));
        var responses = await ReadAsync(call);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), responses.Select(response => response.InferResponse.Id));
    }

    [Fact]
    public async Task Callers_that_break_off_log_nothing_and_leave_no_room_taken()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend { OnRun = () => gate.Wait(TimeSpan.FromSeconds(10)) };
        await using var tier = await RunningTier.StartAsync(
            backend,
            options => (options.Tier.MaxBodyBytes, options.Tier.MaxInFlightBytes, options.Tier.MaxBatch) = (100_000, 400_000, 4096));
        for (var i = 0; i < 10; i++)
        {
            using var gone = new CancellationTokenSource();
            using var call = tier.Grpc.ModelStreamInfer(cancellationToken: gone.Token);
            await call.RequestStream.WriteAsync(Large(), Stop);
            var reading = ReadAsync(call);
            await Task.Delay(10 * i, Stop);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => reading);
        }

        gate.Set();
        var waited = 0;
        // What was broken off is let go of as soon as it is noticed.
        while ((await AskAsync(tier, [Large()])).Any(response => response.ErrorMessage.Length > 0) && waited++ < 500)
            await Task.Delay(20, Stop);
        Assert.True(waited < 500);
    }

    [Fact]
    public async Task A_stream_may_be_idle_and_a_message_may_not()
    {
        await using var tier = await RunningTier.StartAsync(
            new FakeBackend(), options => options.Tier.BodyTimeout = TimeSpan.FromSeconds(1));
        using var call = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        await call.RequestStream.WriteAsync(Request(1), Stop);
        Assert.True(await call.ResponseStream.MoveNext(Stop));
        await Task.Delay(TimeSpan.FromSeconds(2), Stop);
        await call.RequestStream.WriteAsync(Request(2), Stop);
        Assert.True(await call.ResponseStream.MoveNext(Stop));
        Assert.Equal("2", call.ResponseStream.Current.InferResponse.Id);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Stop));

        using var content = new SlowContent([.. Frame(Request(1)), 0, 0, 0, 0, 100, 10]);
        using var response = await GrpcAttackTests.SendAsync(tier, content, null, "ModelStreamInfer");
        Assert.Equal($"{(int)StatusCode.DeadlineExceeded}", GrpcAttackTests.Trailer(response, "grpc-status"));
    }

    [Fact]
    public async Task A_streams_deadline_ends_it_and_logs_nothing()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var call = tier.Grpc.ModelStreamInfer(deadline: DateTime.UtcNow.AddMilliseconds(300), cancellationToken: Stop);
        // It may pass before the request is written.
        await Record.ExceptionAsync(() => call.RequestStream.WriteAsync(Request(1), Stop));
        var late = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(call));
        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        Assert.Single(await AskAsync(tier, [Request(1)]));
    }

    [Fact]
    public async Task A_stop_answers_what_is_under_way_and_waits_for_no_idle_stream()
    {
        using var first = new ManualResetEventSlim();
        using var second = new ManualResetEventSlim();
        var runs = 0;
        var backend = new FakeBackend { OnRun = () => (Interlocked.Increment(ref runs) == 1 ? first : second).Wait() };
        await using var tier = await RunningTier.StartAsync(backend, options => options.Tier.InstanceCount = 2);
        using var idle = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        using var busy = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        using var last = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        await busy.RequestStream.WriteAsync(Request(1), Stop);
        while (backend.Runs < 1)
            await Task.Delay(5, Stop);
        await last.RequestStream.WriteAsync(Request(2), Stop);
        while (backend.Runs < 2)
            await Task.Delay(5, Stop);
        var stop = tier.StopAsync();
        var ended = await Assert.ThrowsAsync<RpcException>(() => idle.ResponseStream.MoveNext(Stop));
        Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
        Assert.Contains("open it on another tier", ended.Status.Detail, StringComparison.Ordinal);
        first.Set();
        Assert.True(await busy.ResponseStream.MoveNext(Stop));
        Assert.Equal("1", busy.ResponseStream.Current.InferResponse.Id);
        Assert.Equal(
            StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => busy.ResponseStream.MoveNext(Stop))).StatusCode);

        // The connection closes behind its last stream. .NET's client loses what it has but was not asked for yet when a connection
        // closes under a stream whose caller may still write, so this one has said that it does not.
        await last.RequestStream.CompleteAsync();
        second.Set();
        Assert.True(await last.ResponseStream.MoveNext(Stop));
        Assert.Equal("2", last.ResponseStream.Current.InferResponse.Id);
        await stop;
    }

    [Fact]
    public async Task Many_streams_at_once_keep_their_answers_apart()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.Tier.QueueSize = 4096);
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(stream =>
            AskAsync(tier, [.. Enumerable.Range(0, 60).Select(i => Request((stream * 60) + i))])));
        foreach (var (stream, responses) in all.Index())
        {
            Assert.Equal(
                Enumerable.Range(stream * 60, 60).Select(i => ($"{i}", i / 100f)),
                responses.Select(response =>
                    (response.InferResponse.Id, GrpcCodec.ToResponse(response.InferResponse).Outputs[0].ToArray<float>()[0])));
        }
    }

    private static async Task<IReadOnlyList<ModelStreamInferResponse>> AskAsync(RunningTier tier, IReadOnlyList<ModelInferRequest> requests)
    {
        using var call = tier.Grpc.ModelStreamInfer(cancellationToken: Stop);
        var writing = WriteAsync(call, requests);
        var responses = await ReadAsync(call);
        await writing;
        return responses;
    }

    private static async Task WriteAsync(
        AsyncDuplexStreamingCall<ModelInferRequest, ModelStreamInferResponse> call, IEnumerable<ModelInferRequest> requests)
    {
        foreach (var request in requests)
            await call.RequestStream.WriteAsync(request, Stop);
        await call.RequestStream.CompleteAsync();
    }

    private static async Task<IReadOnlyList<ModelStreamInferResponse>> ReadAsync(
        AsyncDuplexStreamingCall<ModelInferRequest, ModelStreamInferResponse> call)
    {
        var responses = new List<ModelStreamInferResponse>();
        await foreach (var response in call.ResponseStream.ReadAllAsync(Stop))
            responses.Add(response);
        return responses;
    }

    /// <summary>A request whose first logit is its number divided by 100.</summary>
    private static ModelInferRequest Request(int number) => new()
    {
        ModelName = "dimec_edge",
        Id = $"{number}",
        Inputs = { Input("input_ids", [number % 1000]), Input("attention_mask", [1]) },
    };

    /// <summary>About 90,000 bytes.</summary>
    private static ModelInferRequest Large()
    {
        const int Rows = 5600;
        var request = new ModelInferRequest { ModelName = "dimec_edge" };
        foreach (var name in new[] { "input_ids", "attention_mask" })
        {
            request.Inputs.Add(new ModelInferRequest.Types.InferInputTensor { Name = name, Datatype = "INT64", Shape = { Rows / 8, 8 } });
            var ones = new byte[Rows * sizeof(long)];
            for (var i = 0; i < ones.Length; i += sizeof(long))
                ones[i] = 1;
            request.RawInputContents.Add(ByteString.CopyFrom(ones));
        }

        return request;
    }

    private static ModelInferRequest.Types.InferInputTensor Input(string name, long[] values) => new()
    {
        Name = name,
        Datatype = "INT64",
        Shape = { 1, values.Length },
        Contents = new InferTensorContents { Int64Contents = { values } },
    };

    private static byte[] Frame(ModelInferRequest request)
    {
        var bytes = request.ToByteArray();
        var header = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), bytes.Length);
        return [.. header, .. bytes];
    }

    private static IEnumerable<byte[]> Frames(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at + 1));
            yield return body[(at + 5)..(at + 5 + length)];
            at += 5 + length;
        }
    }

    /// <summary>Sends bytes, and then nothing for long.</summary>
    private sealed class SlowContent(byte[] bytes) : HttpContent
    {
        private readonly CancellationTokenSource _end = new();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes, _end.Token);
            await stream.FlushAsync(_end.Token);
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
