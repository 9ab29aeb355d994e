using System.Globalization;
using Dimec.OpenInference.Client;

namespace Dimec.OpenInference;

/// <summary>
/// Asks a server of the Open Inference Protocol v2 (Triton, KServe, MLServer, OpenVINO Model Server, TorchServe, a tier of Dimec), over
/// REST or gRPC as its address says. Failures are values; only the caller's own cancellation throws. Any number of threads may use it.
/// </summary>
public sealed class OpenInferenceClient : IDisposable
{
    private readonly ITransport _transport;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    /// <summary>A client; nothing is sent yet.</summary>
    /// <param name="address"><c>http://host:8000</c> or <c>https://…</c> (REST, with a path where the server has one),
    /// <c>grpc://host:8001</c> or <c>grpcs://…</c>.</param>
    /// <param name="options">Deadlines, limits, TLS; null: the defaults.</param>
    /// <param name="time">The clock of the deadlines; null: the system's.</param>
    /// <exception cref="ArgumentException">The address or an option cannot be used.</exception>
    public OpenInferenceClient(Uri address, OpenInferenceClientOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new OpenInferenceClientOptions();
        ServerAddress.Validate(address);
        options.Validate();
        (Address, _timeout, _time) = (address, options.Timeout, time ?? TimeProvider.System);
        _transport = ServerAddress.IsGrpc(address) ? new GrpcTransport(address, options) : new RestTransport(address, options);
    }

    /// <summary>The server's address.</summary>
    public Uri Address { get; }

    /// <summary>Whether the server is up.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<OpenInferenceResult<bool>> IsServerLiveAsync(CancellationToken cancellationToken = default)
        => CallAsync(_transport.LiveAsync, cancellationToken);

    /// <summary>Whether the server answers requests: all of its models are loaded.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<OpenInferenceResult<bool>> IsServerReadyAsync(CancellationToken cancellationToken = default)
        => CallAsync(_transport.ReadyAsync, cancellationToken);

    /// <summary>Whether a model answers requests.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="version">Its version; empty: whichever the server serves.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<OpenInferenceResult<bool>> IsModelReadyAsync(
        string model, string version = "", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentNullException.ThrowIfNull(version);
        return CallAsync(token => _transport.ModelReadyAsync(model, version, token), cancellationToken);
    }

    /// <summary>What the server says of itself.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<OpenInferenceResult<ServerMetadata>> GetServerMetadataAsync(CancellationToken cancellationToken = default)
        => CallAsync(_transport.ServerAsync, cancellationToken);

    /// <summary>What the server says of a model: its inputs and outputs.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="version">Its version; empty: whichever the server serves.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<OpenInferenceResult<ModelMetadata>> GetModelMetadataAsync(
        string model, string version = "", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentNullException.ThrowIfNull(version);
        return CallAsync(token => _transport.ModelAsync(model, version, token), cancellationToken);
    }

    /// <summary>Runs a model on one batch.</summary>
    /// <param name="request">The model and its inputs.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<OpenInferenceResult<InferResponse>> InferAsync(InferRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync(token => _transport.InferAsync(request, token), cancellationToken);
    }

    /// <summary>
    /// The next calls go over a new connection, those under way keep theirs: for a caller that has a deadline of its own and has waited in
    /// vain, as a connection whose way is lost only looks slow. A call that runs into
    /// <see cref="OpenInferenceClientOptions.Timeout"/> does so itself.
    /// </summary>
    public void Reconnect() => _transport.Reconnect();

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _transport.Dispose();

    private async Task<OpenInferenceResult<T>> CallAsync<T>(
        Func<CancellationToken, Task<OpenInferenceResult<T>>> call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await call(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            _transport.Reconnect();
            return OpenInferenceResult<T>.Failed(
                OpenInferenceFailureReason.DeadlineExceeded,
                string.Create(CultureInfo.InvariantCulture, $"it did not answer within {_timeout.TotalSeconds:0.###} s"));
        }
        catch (OperationCanceledException exception)
        {
            // The handler gave up: no connection within ConnectTimeout.
            return OpenInferenceResult<T>.Failed(OpenInferenceFailureReason.Unreachable, (exception.InnerException ?? exception).Message);
        }
    }
}
