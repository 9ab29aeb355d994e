using Dimec.OpenInference;
using Dimec.Serving.Admission;
using Dimec.Serving.Models;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Grpc;

/// <summary>The edge of the gRPC side: whatever goes wrong is a status of the protocol.</summary>
internal static class GrpcGuard
{
    /// <summary>Answers a call that waits for nothing.</summary>
    /// <exception cref="RpcException">There is no answer.</exception>
    public static Task<T> Run<T>(ILogger log, Func<T> answer) => RunAsync(log, () => Task.FromResult(answer()));

    /// <summary>Answers a call.</summary>
    /// <exception cref="RpcException">There is no answer.</exception>
    public static async Task<T> RunAsync<T>(ILogger log, Func<Task<T>> answer)
    {
        try
        {
            return await answer();
        }
        catch (ProtocolException exception)
        {
            throw GrpcStatuses.Exception(exception);
        }
#pragma warning disable CA1031 // A fault of ours is an answer of the protocol too, with the details in the log only.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            throw GrpcStatuses.Exception(Fault(log, exception));
        }
    }

    /// <summary>Answers a request.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="inFlight">The request, from its first byte on.</param>
    /// <param name="cancellationToken">Cancelled when the caller is gone or its deadline has passed.</param>
    public static async Task<InferResult> InferAsync(
        TierService tier, InferRequest request, InFlightRequest inFlight, CancellationToken cancellationToken)
    {
        try
        {
            return await tier.InferAsync(request, inFlight, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The caller has its answer already, from its own clock; this one only ends the call here without an error in the log.
            return InferResult.Failed(new ProtocolException(
                ProtocolStatus.DeadlineExceeded, "the caller's deadline has passed, or it is gone"));
        }
    }

    /// <summary>What a caller is told of a fault of ours.</summary>
    public static ProtocolException Fault(ILogger log, Exception exception)
    {
        log.CallFailed(FaultName.Of(exception));
        log.FaultDetails(exception);
        return new ProtocolException(ProtocolStatus.Internal, "the server failed; its log says why");
    }
}
