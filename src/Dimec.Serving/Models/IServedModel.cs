using Dimec.OpenInference;

namespace Dimec.Serving.Models;

/// <summary>A model that requests can name.</summary>
internal interface IServedModel
{
    ModelMetadata Metadata { get; }

    /// <summary>The input of BYTES that alone makes a request, so that a body may be it and nothing else; null: there is none.</summary>
    string? RawInput { get; }

    /// <summary>Checks a request's inputs, has computed what there is to compute, and says what comes of it.</summary>
    /// <param name="call">What was asked, by whom.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    /// <exception cref="ProtocolException">The inputs do not fit the model, the queue is full, or what was computed is no answer.
    /// </exception>
    /// <exception cref="InputException">A value of the inputs is out of range.</exception>
    Task<ModelAnswer> AnswerAsync(ModelCall call, CancellationToken cancellationToken);
}
