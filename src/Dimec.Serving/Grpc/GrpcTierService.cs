using Dimec.Inference.Protocol;
using Dimec.Inference.Protocol.Messages;
using Dimec.Serving.Held;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Dimec.Serving.Grpc;

/// <summary>The protocol's gRPC side.</summary>
[BindServiceMethod(typeof(GrpcBinding), nameof(GrpcBinding.Bind))]
internal sealed class GrpcTierService(TierService tier) : GRPCInferenceService.GRPCInferenceServiceBase
{
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context)
        => Task.FromResult(new ServerLiveResponse { Live = true });

    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context)
        => Task.FromResult(new ServerReadyResponse { Ready = tier.IsReady });

    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) => Guard(() =>
    {
        tier.Find(request.Name, request.Version);
        return new ModelReadyResponse { Ready = tier.IsReady };
    });

    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context)
        => Task.FromResult(new ServerMetadataResponse
        {
            Name = TierService.Server.Name,
            Version = TierService.Server.Version,
            Extensions = { TierService.Server.Extensions },
        });

    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
        => Guard(() => GrpcCodec.ToMessage(tier.Find(request.Name, request.Version).Metadata));

    public override async Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
    {
        var held = context.GetHttpContext().Features.GetRequiredFeature<HeldRequest>();
        var asked = await Guard(() =>
        {
            // A compressed message is larger than what came in.
            held.Hold(request.CalculateSize());
            return GrpcCodec.ToRequest(request);
        });
        var result = await InferAsync(asked, held, context.CancellationToken);
        return result.Response is { } response
            ? GrpcCodec.ToMessage(response)
            : throw GrpcStatuses.Exception(result.Status, result.Error);
    }

    private async Task<InferResult> InferAsync(InferRequest request, HeldRequest held, CancellationToken cancellation)
    {
        try
        {
            return await tier.InferAsync(request, held, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The caller has its answer already, from its own clock; this one only ends the call here without an error in the log.
            return InferResult.Failed(ProtocolStatus.DeadlineExceeded, "the caller's deadline has passed, or it is gone");
        }
    }

    private static Task<T> Guard<T>(Func<T> answer)
    {
        try
        {
            return Task.FromResult(answer());
        }
        catch (ProtocolException exception)
        {
            throw GrpcStatuses.Exception(exception);
        }
    }
}
