namespace Dimec.OpenInference.Client;

/// <summary>One way to speak the protocol. Failures are values; only cancellation throws.</summary>
internal interface ITransport : IDisposable
{
    Task<OpenInferenceResult<bool>> LiveAsync(CancellationToken cancellationToken);

    Task<OpenInferenceResult<bool>> ReadyAsync(CancellationToken cancellationToken);

    Task<OpenInferenceResult<bool>> ModelReadyAsync(string model, string version, CancellationToken cancellationToken);

    Task<OpenInferenceResult<ServerMetadata>> ServerAsync(CancellationToken cancellationToken);

    Task<OpenInferenceResult<ModelMetadata>> ModelAsync(string model, string version, CancellationToken cancellationToken);

    Task<OpenInferenceResult<InferResponse>> InferAsync(InferRequest request, CancellationToken cancellationToken);

    /// <summary>After a call that was not answered in time: the next calls go over a new connection, those under way keep theirs.</summary>
    void Reconnect();
}
