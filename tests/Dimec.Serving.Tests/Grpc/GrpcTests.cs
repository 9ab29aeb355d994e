using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Rest;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dimec.Serving.Tests.Grpc;

public class GrpcTests
{
    [Fact]
    public async Task Health_and_metadata_say_what_rest_says()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var stop = TestContext.Current.CancellationToken;
        Assert.True((await tier.Grpc.ServerLiveAsync(new(), cancellationToken: stop)).Live);
        Assert.True((await tier.Grpc.ServerReadyAsync(new(), cancellationToken: stop)).Ready);
        Assert.True((await tier.Grpc.ModelReadyAsync(new() { Name = "dimec", Version = "3" }, cancellationToken: stop)).Ready);
        var server = await tier.Grpc.ServerMetadataAsync(new(), cancellationToken: stop);
        Assert.Equal(("dimec", "0.1.0"), (server.Name, server.Version));
        Assert.Equal(["binary_tensor_data", "classification", "model_configuration", "model_repository", "statistics"], server.Extensions);
        foreach (var name in new[] { "dimec", "dimec_edge" })
        {
            var (_, rest) = await tier.GetAsync($"v2/models/{name}");
            var grpc = await tier.Grpc.ModelMetadataAsync(new() { Name = name }, cancellationToken: stop);
            Assert.Equal(
                rest.GetRawText(),
                System.Text.Json.JsonSerializer.Serialize(GrpcCodec.ToMetadata(grpc), ProtocolJson.Default.ModelMetadata));
        }
    }

    [Fact]
    public async Task Typed_and_raw_requests_get_the_same_raw_answer()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var raw = await InferAsync(tier, GrpcCodec.ToMessage(RestInferTests.Tokens([]) with { Id = "9" }));
        var typed = await InferAsync(tier, Typed());
        foreach (var answer in new[] { raw, typed })
        {
            Assert.All(answer.Outputs, output => Assert.Null(output.Contents));
            Assert.Single(answer.RawOutputContents);
            Assert.Equal([2.08f, 3, 2.03f, 2], GrpcCodec.ToResponse(answer).Outputs[0].ToArray<float>());
            Assert.Equal(("dimec_edge", "3", "9"), (answer.ModelName, answer.ModelVersion, answer.Id));
            Assert.Equal("edge", answer.Parameters["dimec_tier"].StringParam);
            Assert.Equal("4", answer.Parameters["dimec_exit"].StringParam);
        }
    }

    [Fact]
    public async Task Text_gives_the_label_that_rest_gives()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var answer = GrpcCodec.ToResponse(await InferAsync(tier, new ModelInferRequest
        {
            ModelName = "dimec",
            Inputs =
            {
                new ModelInferRequest.Types.InferInputTensor
                {
                    Name = "text", Datatype = "BYTES", Shape = { 2, 1 },
                    Contents = new InferTensorContents { BytesContents = { ByteString.CopyFromUtf8("ϧϧ"), ByteString.CopyFromUtf8("a") } },
                },
            },
            Outputs = { new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "label" } },
        }));
        var label = Assert.Single(answer.Outputs);
        Assert.Equal(["sad", "glad"], label.ToStrings());
        Assert.Equal([2, 1], label.Shape);
    }

    [Fact]
    public async Task Refusals_have_the_protocols_codes()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        await RefusedAsync(tier, StatusCode.NotFound, "no model 'x'", message => message.ModelName = "x");
        await RefusedAsync(tier, StatusCode.NotFound, "no version '4'", message => message.ModelVersion = "4");
        await RefusedAsync(tier, StatusCode.FailedPrecondition, "the request was made for b", message =>
            message.Parameters.Add("dimec_bundle", new InferParameter { StringParam = "b" }));
        await RefusedAsync(tier, StatusCode.InvalidArgument, "both raw_input_contents and typed", message =>
            message.RawInputContents.Add(ByteString.CopyFrom(new byte[48])));
        await RefusedAsync(tier, StatusCode.InvalidArgument, "is not one of BOOL", message => message.Inputs[0].Datatype = "STRING");
        await RefusedAsync(tier, StatusCode.InvalidArgument, "cannot be negative", message => message.Inputs[0].Shape[0] = -1);
        await RefusedAsync(tier, StatusCode.InvalidArgument, "more than 2147483647", message => message.Inputs[0].Shape[0] = long.MaxValue);
        await RefusedAsync(tier, StatusCode.InvalidArgument, "int64_contents holds 6", message => message.Inputs[0].Shape[0] = 3);
        await RefusedAsync(tier, StatusCode.InvalidArgument, "no output 'x'", message =>
            message.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "x" }));
        await RefusedAsync(tier, StatusCode.InvalidArgument, "needs the input", message => message.Inputs.Clear());
        var unknown = await Assert.ThrowsAsync<RpcException>(async () =>
            await tier.Grpc.ModelReadyAsync(new() { Name = "x" }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.Tier.MaxBodyBytes = 10_000);
        var message = Typed();
        message.Id = new string('x', 20_000);
        var refused = await Assert.ThrowsAsync<RpcException>(() => InferAsync(tier, message));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task A_deadline_that_passes_is_deadline_exceeded_and_what_waited_leaves_the_queue_uncomputed()
    {
        using var gate = new ManualResetEventSlim();
        using var ended = new SemaphoreSlim(0);
        var backend = new FakeBackend { OnRun = gate.Wait };
        await using var tier = await RunningTier.StartAsync(backend, options => options.Tier.QueueSize = 1, builder =>
            builder.Services.AddSingleton<IStartupFilter>(new EndedRequests(ended)));
        var first = InferAsync(tier, Typed());
        while (backend.Runs == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        var late = await Assert.ThrowsAsync<RpcException>(async () => await tier.Grpc.ModelInferAsync(
            Typed(), deadline: DateTime.UtcNow.AddSeconds(2), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);

        // The two clocks differ by the way between them: the tier has let go of the request once its own end of the call is over.
        await ended.WaitAsync(TestContext.Current.CancellationToken);
        var next = InferAsync(tier, Typed());
        gate.Set();
        await Task.WhenAll(first, next);
        Assert.Equal(2, backend.Runs);
    }

    private static async Task RefusedAsync(RunningTier tier, StatusCode code, string sentence, Action<ModelInferRequest> change)
    {
        var message = Typed();
        change(message);
        var refused = await Assert.ThrowsAsync<RpcException>(() => InferAsync(tier, message));
        Assert.Equal(code, refused.StatusCode);
        Assert.Contains(sentence, refused.Status.Detail, StringComparison.Ordinal);
    }

    internal static async Task<ModelInferResponse> InferAsync(RunningTier tier, ModelInferRequest message)
        => await tier.Grpc.ModelInferAsync(message, cancellationToken: TestContext.Current.CancellationToken);

    internal static ModelInferRequest Typed() => new()
    {
        ModelName = "dimec_edge",
        Id = "9",
        Inputs = { Input("input_ids", [101, 5, 102, 101, 102, 0]), Input("attention_mask", [1, 1, 1, 1, 1, 0]) },
    };

    /// <summary>Tells of every request that the tier has done with.</summary>
    private sealed class EndedRequests(SemaphoreSlim ended) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                await rest(context);
                ended.Release();
            });
            next(app);
        };
    }

    private static ModelInferRequest.Types.InferInputTensor Input(string name, long[] values) => new()
    {
        Name = name,
        Datatype = "INT64",
        Shape = { 2, 3 },
        Contents = new InferTensorContents { Int64Contents = { values } },
    };
}
