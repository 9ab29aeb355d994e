using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Scheduling;

namespace Dimec.Serving.Models;

/// <summary>A model that requests can name.</summary>
internal interface IServedModel
{
    ModelMetadata Metadata { get; }

    /// <summary>The input of BYTES that alone makes a request, so that a body may be it and nothing else; null: there is none.</summary>
    string? RawInput { get; }

    /// <summary>Checks a request's inputs and says what there is to compute.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    /// <exception cref="ProtocolException">The inputs do not fit the model.</exception>
    /// <exception cref="InputException">A value of the inputs is out of range.</exception>
    WorkItem Prepare(InferRequest request, CancellationToken cancellationToken);

    /// <summary>What the model says of logits.</summary>
    /// <param name="item">What was computed.</param>
    /// <param name="logits">The logits of its rows, rows × classes; finite.</param>
    IReadOnlyList<Tensor> Outputs(WorkItem item, float[] logits);
}
