using System.Threading.Channels;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Admission;
using Dimec.Serving.Models;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Grpc;

/// <summary>
/// One call of ModelStreamInfer: its requests run beside each other, as many as one stream may have under way; their answers come in the
/// requests' order. A request that is refused has its sentence in its place, and the stream goes on.
/// </summary>
/// <param name="tier">The tier.</param>
/// <param name="messages">What is read.</param>
/// <param name="log">Gets faults of ours.</param>
/// <param name="abort">Cuts the connection of a caller that does not take an answer.</param>
internal sealed class GrpcInferStream(TierService tier, GrpcStreamReader messages, ILogger log, Action abort)
{
    /// <summary>Triton's parameter of a streamed response: none follows to the same request.</summary>
    private const string FinalResponse = "triton_final_response";

    /// <summary>The most requests of a stream that are under way; the next is read when one of them has been answered.</summary>
    private const int Most = 32;

    private readonly Channel<(Task<ModelStreamInferResponse> Answer, InFlightRequest InFlight)> _underWay =
        Channel.CreateUnbounded<(Task<ModelStreamInferResponse> Answer, InFlightRequest InFlight)>(
            new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    /// <summary>Answers until the caller has no more requests.</summary>
    /// <exception cref="RpcException">What is read is no request, the tier stops, or the caller is gone.</exception>
    public async Task RunAsync(
        IAsyncStreamReader<ModelInferRequest> requests, IServerStreamWriter<ModelStreamInferResponse> responses,
        CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(Math.Min(Most, tier.QueueSize));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(requests, places, ended.Token);
        try
        {
            await foreach (var (answer, inFlight) in _underWay.Reader.ReadAllAsync(CancellationToken.None))
            {
                using var own = inFlight;
                var response = await answer;
                inFlight.Answer(abort);
                await responses.WriteAsync(response, ended.Token);
                places.Release();
            }
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not RpcException)
        {
            throw GrpcMessage.BrokenOff(exception);
        }
        finally
        {
            await ended.CancelAsync();
            await LetGoAsync(reading);
        }

        await reading;
    }

    private async Task ReadAsync(IAsyncStreamReader<ModelInferRequest> requests, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        try
        {
            await places.WaitAsync(cancellationToken);
            while (await requests.MoveNext(cancellationToken))
            {
                var inFlight = messages.Take();
                _underWay.Writer.TryWrite((AnswerAsync(requests.Current, inFlight, cancellationToken), inFlight));
                await places.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException exception)
        {
            throw GrpcMessage.BrokenOff(exception);
        }
        finally
        {
            _underWay.Writer.Complete();
        }
    }

    private async Task<ModelStreamInferResponse> AnswerAsync(
        ModelInferRequest message, InFlightRequest inFlight, CancellationToken cancellationToken)
    {
        var id = message.Id.Length <= InferRequest.MaxText ? message.Id : "";
        var result = await InferAsync(message, inFlight, cancellationToken);
        if (result.Response is not { } answer)
        {
            return new ModelStreamInferResponse
            {
                ErrorMessage = result.Error!.Message,
                InferResponse = Final(new ModelInferResponse { Id = id }),
            };
        }

        return new ModelStreamInferResponse { InferResponse = Final(GrpcCodec.ToMessage(answer)) };
    }

    private static ModelInferResponse Final(ModelInferResponse response)
    {
        response.Parameters[FinalResponse] = new InferParameter { BoolParam = true };
        return response;
    }

    private async Task<InferResult> InferAsync(ModelInferRequest message, InFlightRequest inFlight, CancellationToken cancellationToken)
    {
        try
        {
            return await GrpcGuard.InferAsync(tier, GrpcRequests.Take(message, inFlight), inFlight, cancellationToken);
        }
        catch (ProtocolException exception)
        {
            return InferResult.Failed(exception);
        }
#pragma warning disable CA1031 // A fault of ours is an answer of the protocol too, with the details in the log only.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return InferResult.Failed(GrpcGuard.Fault(log, exception));
        }
    }

    /// <summary>Lets go of what is under way and will not be answered.</summary>
    private async Task LetGoAsync(Task reading)
    {
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_underWay.Reader.TryRead(out var left))
        {
            await left.Answer;
            left.InFlight.Dispose();
        }
    }
}
