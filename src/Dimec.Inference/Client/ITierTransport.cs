using Dimec.OpenInference;

namespace Dimec.Inference.Client;

/// <summary>One way to speak the protocol. Failures are values; only the caller's own cancellation throws.</summary>
internal interface ITierTransport : IDisposable
{
    Task<TransportResult<ServerMetadata>> ServerAsync(CancellationToken cancellation);

    Task<TransportResult<ModelMetadata>> ModelAsync(string model, string version, CancellationToken cancellation);

    Task<TransportResult<InferResponse>> InferAsync(InferRequest request, CancellationToken cancellation);

    /// <summary>After a call that was not answered in time: the next calls go over a new connection, those under way keep theirs.</summary>
    void Reconnect();
}
