using Dimec.OpenInference;
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
internal sealed class GrpcTierService(TierService tier, ILogger<TierService> log) : GRPCInferenceService.GRPCInferenceServiceBase
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
        var inFlight = context.GetHttpContext().Features.GetRequiredFeature<InFlightRequest>();
        var asked = await Guard(() =>
        {
            var read = GrpcCodec.ToRequest(request);
            inFlight.Unpacked(read.Inputs.Sum(input => (long)input.Raw.Length));
            return read;
        });
        // The framework keeps the message until the call has ended; what was read out of it is enough.
        request.Inputs.Clear();
        request.RawInputContents.Clear();
        var result = await InferAsync(asked, inFlight, context.CancellationToken);
        inFlight.Answer(context.GetHttpContext().Abort);
        return result.Response is { } response
            ? GrpcCodec.ToMessage(response)
            : throw GrpcStatuses.Exception(result.Status, result.Error);
    }

    private async Task<InferResult> InferAsync(InferRequest request, InFlightRequest inFlight, CancellationToken cancellation)
    {
        try
        {
            return await tier.InferAsync(request, inFlight, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The caller has its answer already, from its own clock; this one only ends the call here without an error in the log.
            return InferResult.Failed(ProtocolStatus.DeadlineExceeded, "the caller's deadline has passed, or it is gone");
        }
    }

    private Task<T> Guard<T>(Func<T> answer)
    {
        try
        {
            return Task.FromResult(answer());
        }
        catch (ProtocolException exception)
        {
            throw GrpcStatuses.Exception(exception);
        }
#pragma warning disable CA1031 // A fault of ours is an answer of the protocol too, with the details in the log only.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.CallFailed(exception);
            throw GrpcStatuses.Exception(ProtocolStatus.Internal, "the server failed; its log says why");
        }
    }
}
