using System.Net;
using Dimec.OpenInference.Grpc.Messages;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dimec.OpenInference.Tests.Client;

/// <summary>A server of HTTP/2 whose answers are the test's: those of the gRPC service, or of whatever else it is.</summary>
internal sealed class GrpcAnswers : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GrpcAnswers(WebApplication app, int port) => (_app, Address) = (app, new Uri($"grpc://127.0.0.1:{port}"));

    public Uri Address { get; }

    /// <summary>Answers ModelInfer; the context may be used to break off.</summary>
    public static Task<GrpcAnswers> StartAsync(Func<ServerCallContext, Task<ModelInferResponse>> infer) => StartAsync(
        services => services.AddSingleton(infer), app => app.MapGrpcService<Service>());

    /// <summary>Answers everything, as something that is no gRPC.</summary>
    public static Task<GrpcAnswers> StartAsync(RequestDelegate answer) => StartAsync(_ => { }, app => app.MapFallback("{**path}", answer));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static async Task<GrpcAnswers> StartAsync(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        add(builder.Services);
        ListenOptions? listening = null;
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listening = listen;
        }));
        var app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new GrpcAnswers(app, listening!.IPEndPoint!.Port);
    }

    private sealed class Service(Func<ServerCallContext, Task<ModelInferResponse>> infer) : GRPCInferenceService.GRPCInferenceServiceBase
    {
        public override Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context) => infer(context);
    }
}
