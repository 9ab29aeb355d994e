using System.Globalization;
using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.OpenInference.Grpc.Messages.Configuration;
using Dimec.OpenInference.Rest;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Admission;
using Dimec.Serving.Backends;
using Dimec.Serving.Extensions;
using Dimec.Serving.Revisions;
using Dimec.Serving.Scheduling;
using Dimec.Serving.Statistics;
using Dimec.Serving.Telemetry;
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

    /// <summary>Triton's names for what is done here of what its clients ask for beyond the protocol.</summary>
    private static readonly string[] s_extensions = ["classification", "model_configuration", "model_repository", "statistics"];

    private readonly ServedRevisions _revisions;
    private readonly RevisionLoader _loader;
    private readonly IScheduler _scheduler;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly DimecTierOptions _options;
    private readonly TierMetrics _metrics;
    private readonly TierStatistics _statistics;
    private readonly ILogger<TierService> _log;

    public TierService(
        IBackendSource source, IScheduler scheduler, InFlightRequests inFlight, DimecTierOptions options, IHostApplicationLifetime lifetime,
        TimeProvider time, TierMetrics metrics, ILogger<TierService> log)
    {
        (_scheduler, _options, _lifetime, _time, _log) = (scheduler, options, lifetime, time, log);
        (_metrics, _statistics) = (metrics, new TierStatistics(time, metrics, options.Tier));
        var first = First(source);
        _revisions = new ServedRevisions(first, scheduler, options.KeepOld, time, log);
        _loader = new RevisionLoader(source, _revisions, Serve, options, time, metrics, log);
        metrics.Started(options.Tier, () => _revisions.Current.Tier.Revision, () => scheduler.Held);
        InFlight = inFlight;
    }

    public static ServerMetadata Server { get; } =
        new(TierNames.Server, typeof(TierService).Assembly.GetName().Version!.ToString(3), [RestNames.BinaryExtension, .. s_extensions]);

    /// <summary>The requests under way.</summary>
    public InFlightRequests InFlight { get; }

    /// <summary>The largest body, in bytes.</summary>
    public int MaxBodyBytes => _options.MaxBodyBytes;

    /// <summary>How many requests may wait.</summary>
    public int QueueSize => _options.QueueSize;

    /// <summary>What each of its models takes and gives: those of the revision that is served, and of the one before while it is kept.
    /// </summary>
    public IEnumerable<OpenInference.ModelMetadata> Models => _revisions.All.SelectMany(revision => revision.Models.All);

    /// <summary>Why what is deployed is not served; null: it is.</summary>
    public RefusedRevision? Refused => _loader.Refused;

    /// <summary>Cancelled once the host is told to stop.</summary>
    public CancellationToken Stopping => _lifetime.ApplicationStopping;

    /// <summary>False once the host is told to stop: what is under way is answered, and balancers send nothing new.</summary>
    public bool IsReady => !Stopping.IsCancellationRequested;

    /// <summary>Why a caller's request would be turned away, before it is read; null: it would not, as things are.</summary>
    /// <param name="caller">Who asks.</param>
    public ProtocolException? Refusal(Caller caller)
    {
        var refusal = _revisions.Current.Queue.Refusal(caller);
        if (refusal is not null)
            _metrics.TurnedAway(_options.Tier);
        return refusal;
    }

    /// <exception cref="ProtocolException">No such model, or not in that version.</exception>
    public IServedModel Find(string name, string version) => _revisions.Find(name, version);

    /// <summary>How one of the models is set up.</summary>
    /// <param name="model">The model.</param>
    public ModelConfig Configuration(IServedModel model) => ModelConfiguration.Of(model.Metadata, _options);

    /// <summary>What a model has done since the tier started.</summary>
    /// <param name="name">The model's name; empty: all of them.</param>
    /// <param name="version">Its version; empty: whichever is served.</param>
    /// <exception cref="ProtocolException">No such model, or not in that version.</exception>
    public ModelStatisticsResponse Statistics(string name, string version) => new()
    {
        ModelStats =
        {
            (name.Length == 0 ? _revisions.Current.Models.All : [Find(name, version).Metadata])
                .Select(model => _statistics.Report(model.Name, model.Versions[0])),
        },
    };

    /// <summary>Loads what is deployed, and serves it from then on.</summary>
    /// <param name="model">One of the tier's models; all of its bundle are loaded together.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProtocolException">There is no such model, the tier stops, or the bundle is refused, and what was served before is
    /// served on.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more; what has begun is brought to its end.</exception>
    public async Task LoadAsync(string model, CancellationToken cancellationToken)
    {
        Find(model, "");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopping);
        try
        {
            if (await _loader.LoadAsync(isTold: true, ended.Token).ConfigureAwait(false) is { } refused)
                throw new ProtocolException(ProtocolStatus.FailedPrecondition, refused.Sentence);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw InFlightRequest.Stopped;
        }
    }

    /// <summary>Answers a request.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="inFlight">The request, from its first byte on.</param>
    /// <param name="cancellationToken">Cancelled when the caller is gone or its deadline has passed.</param>
    /// <exception cref="OperationCanceledException">The caller is gone.</exception>
    public async Task<InferResult> InferAsync(InferRequest request, InFlightRequest inFlight, CancellationToken cancellationToken)
    {
        var timing = _statistics.Begin();
        using var span = RequestSpan.Begin(_time);
        InferResult? result = null;
        try
        {
            return result = await AnswerAsync(request, timing, inFlight, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _statistics.End(request.Model, timing, result);
            span?.End(_options.Tier, timing, result);
        }
    }

    public void Dispose()
    {
        _loader.Dispose();
        _revisions.Close();
        if (!_scheduler.Close(s_runLimit))
        {
            _log.RunLeft(_options.Tier, s_runLimit.TotalSeconds);
            return;
        }

        _scheduler.Dispose();
        _revisions.Dispose();
    }

    private ServedRevision First(IBackendSource source)
    {
        try
        {
            return Serve(source.Open());
        }
        catch
        {
            _scheduler.Dispose();
            throw;
        }
    }

    private ServedRevision Serve(ITierBackend backend)
    {
        var revision = new ServedRevision(backend, _scheduler, _options, _statistics, _time, _log);
        _statistics.Add(revision.Models.All);
        return revision;
    }

    private async Task<InferResult> AnswerAsync(
        InferRequest request, RequestTiming timing, InFlightRequest inFlight, CancellationToken cancellationToken)
    {
        RequestDeadline? deadline = null;
        try
        {
            deadline = RequestDeadline.Of(request, _time);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, inFlight.GivenUp, deadline.Passed);
            using var held = _revisions.For(request);
            var call = new ModelCall(request, inFlight.Caller, deadline, timing);
            var answer = await held.Model.AnswerAsync(call, ended.Token).ConfigureAwait(false);
            return InferResult.Of(Response(held, request, answer), answer.Rows);
        }
        catch (ProtocolException exception)
        {
            if (exception.Status == ProtocolStatus.Internal)
                _log.AnswerUnusable(exception.Message);
            return InferResult.Failed(exception);
        }
        catch (OperationCanceledException) when (inFlight.GivenUp.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return InferResult.Failed(InFlightRequest.Stopped);
        }
        catch (OperationCanceledException) when (deadline!.Passed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return InferResult.Failed(deadline.Exceeded);
        }
        catch (InputException exception)
        {
            return InferResult.Failed(new ProtocolException(exception.Message));
        }
#pragma warning disable CA1031 // The edge of the server: whatever a run throws becomes an answer, with the details in the log only.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _log.RunFailed(_options.Tier, FaultName.Of(exception));
            _log.FaultDetails(exception);
            return InferResult.Failed(new ProtocolException(
                ProtocolStatus.Internal, "the model failed to run; the server's log says why"));
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    private static InferResponse Response(HeldModel held, InferRequest request, ModelAnswer answer)
    {
        var (tier, model) = (held.Revision.Tier, held.Model.Metadata);
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
            : [.. request.Outputs.SelectMany(output => answer.Outputs
                .Where(tensor => Belongs(tensor.Name, output.Name))
                .Select(tensor => output.Classes is { } count ? ClassRanking.Of(tensor, count, tier.Labels) : tensor))];
        return new InferResponse(model.Name, model.Versions[0], request.Id, parameters, wanted);
    }

    /// <summary>Hidden states of 8 bits mean nothing without their scales.</summary>
    private static bool Belongs(string tensor, string wanted) =>
        tensor == wanted || (wanted == TierNames.HiddenStates && tensor == TierNames.HiddenScales);
}
