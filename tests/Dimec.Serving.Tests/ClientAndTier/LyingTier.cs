using System.Globalization;
using Dimec.Inference;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Rest;
using Dimec.OpenInference.Tensors;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>A server of the protocol that knows nothing of bundles and whose answers are the test's, over REST and gRPC.</summary>
internal sealed class LyingTier : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LyingTier(WebApplication app, Uri rest, Uri grpc) => (_app, Rest, Grpc) = (app, rest, grpc);

    public Uri Rest { get; }

    public Uri Grpc { get; }

    /// <param name="bundle">The bundle whose edge model it claims to serve.</param>
    /// <param name="infer">Answers a request; may wait, or abort.</param>
    /// <param name="refuse">Refuses a request over REST, after which it is not answered.</param>
    /// <param name="name">What it calls itself; by what a tier of ours does, it is told of probes and deadlines.</param>
    public static async Task<LyingTier> StartAsync(
        Bundle bundle, Func<InferRequest, HttpContext, Task<InferResponse>> infer, Func<HttpContext, bool>? refuse = null,
        string name = "foreign")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new Service(name, Metadata(bundle), infer));
        var listening = new List<ListenOptions>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            foreach (var protocols in new[] { HttpProtocols.Http1, HttpProtocols.Http2 })
            {
                kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
                {
                    listen.Protocols = protocols;
                    listening.Add(listen);
                });
            }
        });
        var app = builder.Build();
        app.Use((context, next) => refuse?.Invoke(context) ?? false ? Task.CompletedTask : next(context));
        app.MapGrpcService<Service>();
        var server = new ServerMetadata(name, "1", ["binary_tensor_data"]);
        app.MapGet("v2", context => WriteAsync(context, server, ProtocolJson.Default.ServerMetadata));
        app.MapGet("v2/models/dimec_edge/versions/3", context => WriteAsync(context, Metadata(bundle), ProtocolJson.Default.ModelMetadata));
        app.MapPost("v2/models/dimec_edge/versions/3/infer", context => InferAsync(context, infer));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LyingTier(
            app, new Uri($"http://127.0.0.1:{listening[0].IPEndPoint!.Port}"),
            new Uri($"grpc://127.0.0.1:{listening[1].IPEndPoint!.Port}"));
    }

    public static InferResponse Answer(long[] shape, params float[] logits)
        => new("dimec_edge", "3", "", new Dictionary<string, ParameterValue>(), [Tensor.From<float>("logits", shape, logits)]);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static ModelMetadata Metadata(Bundle bundle) => new(
        "dimec_edge", ["3"], "onnxruntime_onnx", [new("input_ids", "INT64", [-1, -1]), new("attention_mask", "INT64", [-1, -1])],
        [new("logits", "FP32", [-1, bundle.Manifest.Labels.Count])]);

    private static Task WriteAsync<T>(HttpContext context, T document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        => context.Response.WriteAsync(System.Text.Json.JsonSerializer.Serialize(document, type), context.RequestAborted);

    private static async Task InferAsync(HttpContext context, Func<InferRequest, HttpContext, Task<InferResponse>> infer)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var length = int.Parse(context.Request.Headers["Inference-Header-Content-Length"]!, CultureInfo.InvariantCulture);
        var (answer, headerLength) = RestResponseCodec.Write(
            await infer(RestRequestCodec.Read("dimec_edge", "3", body.ToArray(), length), context), _ => true);
        context.Response.Headers["Inference-Header-Content-Length"] = $"{headerLength}";
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private sealed class Service(string name, ModelMetadata metadata, Func<InferRequest, HttpContext, Task<InferResponse>> infer)
        : GRPCInferenceService.GRPCInferenceServiceBase
    {
        public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context)
            => Task.FromResult(new ServerMetadataResponse { Name = name });

        public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
            => Task.FromResult(GrpcCodec.ToMessage(metadata));

        public override async Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
            => GrpcCodec.ToMessage(await infer(GrpcCodec.ToRequest(request), context.GetHttpContext()));
    }
}
