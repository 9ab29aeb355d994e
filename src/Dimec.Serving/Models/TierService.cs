using System.Globalization;
using Dimec.Inference;
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
    /// <summary>How long a stop waits for a run that nobody waits for any more: a run cannot be broken off, and its model must not go under it.</summary>
    private static readonly TimeSpan _runLimit = TimeSpan.FromSeconds(5);

    private readonly ITierBackend _backend;
    private readonly IServedModel[] _models;
    private readonly FifoScheduler _queue;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<TierService> _log;
    private readonly int _queueSize;

    public TierService(ITierBackend backend, InFlightRequests inFlight, DimecTierOptions options, IHostApplicationLifetime lifetime, ILogger<TierService> log)
    {
        (_backend, _lifetime, _log, _queueSize) = (backend, lifetime, log, options.QueueSize);
        var limits = new RunLimits(options.MaxBatch, options.MaxTokens);
        _models = [new TextModel(backend, limits), new TokenModel(backend, limits)];
        _queue = new FifoScheduler(options.InstanceCount, options.QueueSize);
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
    public IServedModel Find(string name, string version)
    {
        var model = _models.FirstOrDefault(model => model.Metadata.Name == name)
            ?? throw new ProtocolException(ProtocolStatus.NotFound, $"there is no model '{name}' here; this tier has {string.Join(" and ", _models.Select(model => $"'{model.Metadata.Name}'"))}");
        var served = model.Metadata.Versions![0];
        return version.Length == 0 || version == served
            ? model
            : throw new ProtocolException(ProtocolStatus.NotFound, $"model '{name}' has no version '{version}' here; this tier serves version {served}");
    }

    /// <summary>Answers a request.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="inFlight">The request, from its first byte on.</param>
    /// <param name="cancellation">Cancelled when the caller is gone or its deadline has passed.</param>
    /// <exception cref="OperationCanceledException">The caller is gone.</exception>
    public async Task<InferResult> InferAsync(InferRequest request, InFlightRequest inFlight, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, inFlight.GivenUp);
        try
        {
            var model = Find(request.Model, request.Version);
            CheckBundle(request);
            CheckOutputs(model, request);
            var run = _queue.TryRun(model.Prepare(request.Inputs), ended.Token);
            if (run is null)
                return InferResult.Failed(ProtocolStatus.Full, $"{_queueSize} requests are waiting already; try again later or on another tier");
            return InferResult.Of(Answer(model, request, await run.ConfigureAwait(false)));
        }
        catch (ProtocolException exception)
        {
            if (exception.Status == ProtocolStatus.Internal)
                _log.LogError("{Error}", exception.Message);
            return InferResult.Failed(exception.Status, exception.Message);
        }
        catch (OperationCanceledException) when (inFlight.GivenUp.IsCancellationRequested && !cancellation.IsCancellationRequested)
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
            _log.LogError(exception, "A run of tier {Tier} failed", _backend.Description.Tier);
            return InferResult.Failed(ProtocolStatus.Internal, "the model failed to run; the server's log says why");
        }
    }

    public void Dispose()
    {
        if (!_queue.Close(_runLimit))
        {
            _log.LogWarning("A run of tier {Tier} has not ended {Seconds} s after the stop; the process ends without it", _backend.Description.Tier, _runLimit.TotalSeconds);
            return;
        }

        _queue.Dispose();
        _backend.Dispose();
    }

    private InferResponse Answer(IServedModel model, InferRequest request, IReadOnlyList<Tensor> outputs)
    {
        var tier = _backend.Description;
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [TierNames.TierParameter] = tier.Tier,
            [TierNames.ExitParameter] = tier.Exit.ToString(CultureInfo.InvariantCulture),
            [TierNames.BundleParameter] = tier.Hash,
        };
        IReadOnlyList<Tensor> wanted = request.Outputs.Count == 0
            ? outputs
            : [.. request.Outputs.Select(output => outputs.First(tensor => tensor.Name == output.Name))];
        return new InferResponse(model.Metadata.Name, model.Metadata.Versions![0], request.Id, parameters, wanted);
    }

    private void CheckBundle(InferRequest request)
    {
        if (request.Parameters.TryGetValue(TierNames.BundleParameter, out var hash) && !hash.Equals(_backend.Description.Hash, StringComparison.OrdinalIgnoreCase))
            throw new ProtocolException(ProtocolStatus.FailedPrecondition, $"this tier serves the bundle {_backend.Description.Hash}, the request was made for {Shorten(hash)}; give client and tier the same bundle");
    }

    private static void CheckOutputs(IServedModel model, InferRequest request)
    {
        var names = model.Metadata.Outputs!.Select(output => output.Name).ToList();
        foreach (var output in request.Outputs)
        {
            if (!names.Contains(output.Name))
                throw new ProtocolException($"model '{model.Metadata.Name}' has no output '{output.Name}'; it has {string.Join(", ", names)}");
        }

        if (request.Outputs.DistinctBy(output => output.Name).Count() != request.Outputs.Count)
            throw new ProtocolException("an output is asked for twice");
    }

    private static string Shorten(string hash) => hash.Length <= 64 ? hash : string.Concat(hash.AsSpan(0, 64), "…");
}
