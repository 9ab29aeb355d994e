using Dimec.OpenInference;

namespace Dimec.Serving.Models;

/// <summary>A request's end: a response, or why there is none.</summary>
internal sealed record InferResult
{
    private InferResult(InferResponse? response, IEnumerable<AnsweredRow> rows, ProtocolException? error) =>
        (Response, Rows, Error) = (response, rows, error);

    /// <summary>The response; null: see <see cref="Error"/>.</summary>
    public InferResponse? Response { get; }

    /// <summary>Where each of its rows stopped; none without a response.</summary>
    public IEnumerable<AnsweredRow> Rows { get; }

    /// <summary>Why there is none; null: there is.</summary>
    public ProtocolException? Error { get; }

    public static InferResult Of(InferResponse response, IEnumerable<AnsweredRow> rows) => new(response, rows, null);

    public static InferResult Failed(ProtocolException error) => new(null, [], error);
}
