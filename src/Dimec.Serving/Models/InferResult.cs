using Dimec.OpenInference;

namespace Dimec.Serving.Models;

/// <summary>A request's end: a response, or why there is none.</summary>
internal sealed record InferResult
{
    private InferResult(InferResponse? response, ProtocolStatus status, string error) =>
        (Response, Status, Error) = (response, status, error);

    /// <summary>The response; null: see <see cref="Status"/> and <see cref="Error"/>.</summary>
    public InferResponse? Response { get; }

    public ProtocolStatus Status { get; }

    public string Error { get; }

    public static InferResult Of(InferResponse response) => new(response, default, "");

    public static InferResult Failed(ProtocolStatus status, string error) => new(null, status, error);
}
