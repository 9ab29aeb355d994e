using Dimec.OpenInference;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Models;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using HealthService = Grpc.Health.V1.Health;

namespace Dimec.Serving.Health;

/// <summary>
/// gRPC's own health protocol (grpc.health.v1), which Kubernetes' probes and load balancers ask; says what <c>ServerReady</c> says.
/// </summary>
internal sealed class GrpcHealthService(TierService tier, IHostApplicationLifetime lifetime) : HealthService.HealthBase
{
    private ServingStatus Status => tier.IsReady ? ServingStatus.Serving : ServingStatus.NotServing;

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) => IsKnown(request.Service)
        ? Task.FromResult(new HealthCheckResponse { Status = Status })
        : throw new RpcException(new Status(StatusCode.NotFound, PlainSentence.Of(
            $"there is no service '{request.Service}' here; this tier has '{GRPCInferenceService.Descriptor.FullName}'")));

    /// <summary>Says the status, and again when it changes, which it does once: when the tier stops.</summary>
    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var known = IsKnown(request.Service);
        await responseStream.WriteAsync(new HealthCheckResponse { Status = known ? Status : ServingStatus.ServiceUnknown });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = ended.Token.Register(end.SetResult);
        await end.Task;
        if (known && !context.CancellationToken.IsCancellationRequested)
            await responseStream.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing });
    }

    /// <summary>An empty name is the server as a whole.</summary>
    private static bool IsKnown(string service) => service.Length == 0 || service == GRPCInferenceService.Descriptor.FullName;
}
