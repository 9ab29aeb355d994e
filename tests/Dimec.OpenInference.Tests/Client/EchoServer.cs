using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Dimec.OpenInference.Grpc.Messages;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dimec.OpenInference.Tests.Client;

/// <summary>
/// A server of the protocol that gives each input back as an output of its name, and keeps what it was asked. It reads and writes the wire
/// with the platform's own means, so that a fault of this project's codecs shows.
/// </summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoServer(WebApplication app, State state, Uri rest, Uri grpc) => (_app, Asked, Rest, Grpc) = (app, state, rest, grpc);

    /// <summary>What it was asked last.</summary>
    public State Asked { get; }

    public Uri Rest { get; }

    public Uri Grpc { get; }

    public static async Task<EchoServer> StartAsync(string[]? extensions = null, X509Certificate2? certificate = null)
    {
        var state = new State { Extensions = extensions ?? ["binary_tensor_data"] };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(state);
        var listening = new List<ListenOptions>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            foreach (var protocols in new[] { HttpProtocols.Http1, HttpProtocols.Http2 })
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen =>
                {
                    listen.Protocols = protocols;
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                    listening.Add(listen);
                });
            }
        });
        var app = builder.Build();
        app.MapGrpcService<Service>();
        app.MapGet("v2", context => SayAsync(context, new JsonObject
        {
            ["name"] = "echo",
            ["version"] = "7",
            ["extensions"] = new JsonArray([.. state.Extensions.Select(name => (JsonNode)name)]),
        }));
        app.MapGet("v2/health/live", context => SayAsync(context, new JsonObject { ["live"] = true }));
        app.MapGet("v2/health/ready", context => SayAsync(context, new JsonObject { ["ready"] = state.Ready }, state.Ready ? 200 : 503));
        app.MapGet("v2/models/echo/ready", context => SayAsync(context, new JsonObject { ["name"] = "echo", ["ready"] = true }));
        app.MapGet("v2/models/echo", context => SayAsync(context, Metadata()));
        app.MapGet("v2/models/echo/versions/3", context => SayAsync(context, Metadata()));
        app.MapPost("v2/models/echo/infer", context => InferAsync(context, state, ""));
        app.MapPost("v2/models/echo/versions/3/infer", context => InferAsync(context, state, "3"));
        app.MapFallback(context => SayAsync(context, new JsonObject { ["error"] = "there is no such model" }, 404));
        await app.StartAsync(TestContext.Current.CancellationToken);
        var end = certificate is null ? "" : "s";
        return new EchoServer(
            app, state, new Uri($"http{end}://127.0.0.1:{listening[0].IPEndPoint!.Port}"),
            new Uri($"grpc{end}://127.0.0.1:{listening[1].IPEndPoint!.Port}"));
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static JsonObject Metadata() => new()
    {
        ["name"] = "echo",
        ["versions"] = new JsonArray("3"),
        ["platform"] = "test",
        ["inputs"] = new JsonArray(new JsonObject { ["name"] = "x", ["datatype"] = "FP32", ["shape"] = new JsonArray(-1, 2) }),
        ["outputs"] = new JsonArray(new JsonObject { ["name"] = "x", ["datatype"] = "FP32", ["shape"] = new JsonArray(-1, 2) }),
    };

    private static Task SayAsync(HttpContext context, JsonObject document, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(document.ToJsonString(), context.RequestAborted);
    }

    private static async Task InferAsync(HttpContext context, State state, string version)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();
        var isBinary = context.Request.Headers.TryGetValue("Inference-Header-Content-Length", out var header);
        var length = isBinary ? int.Parse(header!, CultureInfo.InvariantCulture) : body.Length;
        var request = JsonNode.Parse(body.AsSpan(0, length))!.AsObject();
        state.Json = request;
        state.WasBinary = isBinary;
        state.Authorization = context.Request.Headers.Authorization;
        var answer = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["model_name"] = "echo",
            ["model_version"] = version,
            ["id"] = request["id"]?.DeepClone(),
            ["parameters"] = new JsonObject { ["text"] = "a", ["truth"] = true, ["integer"] = 7, ["number"] = 1.5, ["none"] = null },
            ["outputs"] = request["inputs"]!.DeepClone(),
        }.ToJsonString());
        if (isBinary)
            context.Response.Headers["Inference-Header-Content-Length"] = answer.Length.ToString(CultureInfo.InvariantCulture);
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        await context.Response.Body.WriteAsync(body.AsMemory(length), context.RequestAborted);
    }

    internal sealed class State
    {
        public string[] Extensions { get; init; } = [];

        public bool Ready { get; set; } = true;

        public JsonObject? Json { get; set; }

        public ModelInferRequest? Message { get; set; }

        public bool WasBinary { get; set; }

        public string? Authorization { get; set; }
    }

    private sealed class Service(State state) : GRPCInferenceService.GRPCInferenceServiceBase
    {
        public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context)
            => Task.FromResult(new ServerLiveResponse { Live = true });

        public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context)
            => Task.FromResult(new ServerReadyResponse { Ready = state.Ready });

        public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context)
        {
            RequireModel(request.Name);
            return Task.FromResult(new ModelReadyResponse { Ready = true });
        }

        public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context)
            => Task.FromResult(new ServerMetadataResponse { Name = "echo", Version = "7", Extensions = { state.Extensions } });

        public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
        {
            RequireModel(request.Name);
            var tensor = new ModelMetadataResponse.Types.TensorMetadata { Name = "x", Datatype = "FP32", Shape = { -1, 2 } };
            return Task.FromResult(new ModelMetadataResponse
            {
                Name = "echo",
                Versions = { "3" },
                Platform = "test",
                Inputs = { tensor },
                Outputs = { tensor },
            });
        }

        public override Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
        {
            RequireModel(request.ModelName);
            (state.Message, state.Authorization) = (request, context.RequestHeaders.GetValue("authorization"));
            var response = new ModelInferResponse
            {
                ModelName = request.ModelName,
                ModelVersion = request.ModelVersion,
                Id = request.Id,
                Parameters =
                {
                    ["text"] = new InferParameter { StringParam = "a" },
                    ["truth"] = new InferParameter { BoolParam = true },
                    ["integer"] = new InferParameter { Int64Param = 7 },
                    ["number"] = new InferParameter { DoubleParam = 1.5 },
                    ["none"] = new InferParameter(),
                },
                RawOutputContents = { request.RawInputContents },
            };
            foreach (var input in request.Inputs)
            {
                response.Outputs.Add(new ModelInferResponse.Types.InferOutputTensor
                {
                    Name = input.Name,
                    Datatype = input.Datatype,
                    Shape = { input.Shape },
                    Parameters = { input.Parameters },
                });
            }

            return Task.FromResult(response);
        }

        private static void RequireModel(string name)
        {
            if (name != "echo")
                throw new RpcException(new Status(StatusCode.NotFound, "there is no such model"));
        }
    }
}
