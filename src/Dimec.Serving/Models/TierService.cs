using System.Globalization;
using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Rest;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Admission;
using Dimec.Serving.Backends;
using Dimec.Serving.Scheduling;
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
    private readonly int _queueSize;

    public TierService(
        ITierBackend backend, IScheduler scheduler, InFlightRequests inFlight, DimecTierOptions options, IHostApplicationLifetime lifetime,
        ILogger<TierService> log)
    {
        (_backend, _scheduler, _lifetime, _log, _queueSize) = (backend, scheduler, lifetime, log, options.QueueSize);
        _models = new ServedModels(backend, new RequestLimits(options.MaxBatch));
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
            var item = model.Prepare(request, ended.Token);
            if (_scheduler.TrySchedule(item) is not { } run)
            {
                return InferResult.Failed(
                    ProtocolStatus.Full, $"{_queueSize} requests are waiting already; try again later or on another tier");
            }

            var logits = await run.ConfigureAwait(false);
            ModelOutput.RequireFinite(_backend.Description, logits);
            return InferResult.Of(Answer(model, request.Id, item, model.Outputs(item, logits)));
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
        if (!_scheduler.Close(s_runLimit))
        {
            _log.RunLeft(_backend.Description.Tier, s_runLimit.TotalSeconds);
            return;
        }

        _scheduler.Dispose();
        _backend.Dispose();
    }

    private InferResponse Answer(IServedModel model, string id, WorkItem item, IReadOnlyList<Tensor> outputs)
    {
        var tier = _backend.Description;
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal)
        {
            [TierNames.TierParameter] = tier.Tier,
            [TierNames.ExitParameter] = item.Exit.ToString(CultureInfo.InvariantCulture),
            [TierNames.BundleParameter] = tier.Hash,
        };
        IReadOnlyList<Tensor> wanted = item.Outputs.Count == 0
            ? outputs
            : [.. item.Outputs.Select(name => outputs.First(tensor => tensor.Name == name))];
        return new InferResponse(model.Metadata.Name, model.Metadata.Versions![0], id, parameters, wanted);
    }
}
