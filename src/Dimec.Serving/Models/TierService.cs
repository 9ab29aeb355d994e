using System.Globalization;
using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Rest;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Admission;
using Dimec.Serving.Backends;
using Dimec.Serving.Recording;
using Dimec.Serving.Scheduling;
using Dimec.Serving.Walks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Models;

/// <summary>A running tier, as both transports see it.</summary>
internal sealed class TierService : IDisposable
{
    /// <summary>
    /// How long a stop waits for a run that nobody waits for any more: a run cannot be broken off, and its model must not go under it.
    /// </summary>
    private static readonly TimeSpan s_runLimit = TimeSpan.FromSeconds(5);

    private readonly ITierBackend _backend;
    private readonly ServedModels _models;
    private readonly IScheduler _scheduler;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<TierService> _log;
    private readonly TierWalk? _walk;
    private readonly TierRecorder? _recorder;

    public TierService(
        ITierBackend backend, IScheduler scheduler, InFlightRequests inFlight, DimecTierOptions options, IHostApplicationLifetime lifetime,
        TimeProvider time, ILogger<TierService> log)
    {
        (_backend, _scheduler, _lifetime, _log) = (backend, scheduler, lifetime, log);
        var queue = new WorkQueue(scheduler, options.QueueSize);
        _walk = backend.Bundle is { } bundle ? TierWalk.Of(bundle, options, queue, time) : null;
        _recorder = TierRecorder.Of(backend.Bundle, options, log);
        _models = new ServedModels(backend, new RequestLimits(options.MaxBatch), queue, _walk, _recorder);
        (InFlight, MaxBodyBytes) = (inFlight, options.MaxBodyBytes);
    }

    public static ServerMetadata Server { get; } =
        new("dimec", typeof(TierService).Assembly.GetName().Version!.ToString(3), [RestNames.BinaryExtension]);

    /// <summary>The requests under way.</summary>
    public InFlightRequests InFlight { get; }

    /// <summary>The largest body, in bytes.</summary>
    public int MaxBodyBytes { get; }

    /// <summary>False once the host is told to stop: what is under way is answered, and balancers send nothing new.</summary>
    public bool IsReady => !_lifetime.ApplicationStopping.IsCancellationRequested;

    /// <exception cref="ProtocolException">No such model, or not in that version.</exception>
    public IServedModel Find(string name, string version) => _models.Find(name, version);

    /// <summary>Answers a request.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="inFlight">The request, from its first byte on.</param>
    /// <param name="cancellationToken">Cancelled when the caller is gone or its deadline has passed.</param>
    /// <exception cref="OperationCanceledException">The caller is gone.</exception>
    public async Task<InferResult> InferAsync(InferRequest request, InFlightRequest inFlight, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, inFlight.GivenUp);
        try
        {
            var model = _models.For(request);
            return InferResult.Of(Response(model, request, await model.AnswerAsync(request, ended.Token).ConfigureAwait(false)));
        }
        catch (ProtocolException exception)
        {
            if (exception.Status == ProtocolStatus.Internal)
                _log.AnswerUnusable(exception.Message);
            return InferResult.Failed(exception.Status, exception.Message);
        }
        catch (OperationCanceledException) when (inFlight.GivenUp.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return InferResult.Failed(InFlightRequest.Stopped.Status, InFlightRequest.Stopped.Message);
        }
        catch (InputException exception)
        {
            return InferResult.Failed(ProtocolStatus.Invalid, exception.Message);
        }
#pragma warning disable CA1031 // The edge of the server: whatever a run throws becomes an answer, with the details in the log only.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _log.RunFailed(exception, _backend.Description.Tier);
            return InferResult.Failed(ProtocolStatus.Internal, "the model failed to run; the server's log says why");
        }
    }

    public void Dispose()
    {
        _walk?.Dispose();
        _recorder?.Dispose();
        if (!_scheduler.Close(s_runLimit))
        {
            _log.RunLeft(_backend.Description.Tier, s_runLimit.TotalSeconds);
            return;
        }

        _scheduler.Dispose();
        _backend.Dispose();
    }

    private InferResponse Response(IServedModel model, InferRequest request, ModelAnswer answer)
    {
        var tier = _backend.Description;
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal)
        {
            [TierNames.TierParameter] = tier.Tier,
            [TierNames.ExitParameter] = answer.Exit.ToString(CultureInfo.InvariantCulture),
            [TierNames.BundleParameter] = tier.Hash,
        };
        if (answer.ForwardFailure is { } failure)
            parameters[TierNames.ForwardFailureParameter] = failure;
        IReadOnlyList<Tensor> wanted = request.Outputs.Count == 0
            ? answer.Outputs
            : [.. request.Outputs.SelectMany(output => answer.Outputs.Where(tensor => Belongs(tensor.Name, output.Name)))];
        return new InferResponse(model.Metadata.Name, model.Metadata.Versions![0], request.Id, parameters, wanted);
    }

    /// <summary>Hidden states of 8 bits mean nothing without their scales.</summary>
    private static bool Belongs(string tensor, string wanted) =>
        tensor == wanted || (wanted == TierNames.HiddenStates && tensor == TierNames.HiddenScales);
}
