using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Admission;
using Dimec.Serving.Models;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Grpc;

/// <summary>The protocol's gRPC side.</summary>
[BindServiceMethod(typeof(GrpcBinding), nameof(GrpcBinding.Bind))]
internal sealed class GrpcTierService(TierService tier, ILogger<TierService> log) : GrpcExtensionService(tier, log)
{
    private readonly TierService _tier = tier;
    private readonly ILogger _log = log;

    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context)
        => Task.FromResult(new ServerLiveResponse { Live = true });

    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context)
        => Task.FromResult(new ServerReadyResponse { Ready = _tier.IsReady });

    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) => Guard(() =>
    {
        _tier.Find(request.Name, request.Version);
        return new ModelReadyResponse { Ready = _tier.IsReady };
    });

    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context)
        => Task.FromResult(new ServerMetadataResponse
        {
            Name = TierService.Server.Name,
            Version = TierService.Server.Version,
            Extensions = { TierService.Server.Extensions },
        });

    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
        => Guard(() => GrpcCodec.ToMessage(_tier.Find(request.Name, request.Version).Metadata));

    public override async Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
    {
        var inFlight = context.GetHttpContext().Features.GetRequiredFeature<InFlightRequest>();
        var asked = await Guard(() => GrpcRequests.Take(request, inFlight));
        var result = await GrpcGuard.InferAsync(_tier, asked, inFlight, context.CancellationToken);
        inFlight.Answer(context.GetHttpContext().Abort);
        return result.Response is { } response
            ? GrpcCodec.ToMessage(response)
            : throw GrpcStatuses.Exception(result.Error!);
    }

    public override Task ModelStreamInfer(
        IAsyncStreamReader<ModelInferRequest> requestStream, IServerStreamWriter<ModelStreamInferResponse> responseStream,
        ServerCallContext context)
    {
        var http = context.GetHttpContext();
        return new GrpcInferStream(_tier, http.Features.GetRequiredFeature<GrpcStreamReader>(), _log, http.Abort)
            .RunAsync(requestStream, responseStream, context.CancellationToken);
    }
}
