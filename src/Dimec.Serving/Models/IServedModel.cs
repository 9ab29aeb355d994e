using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;

namespace Dimec.Serving.Models;

/// <summary>A model that requests can name.</summary>
internal interface IServedModel
{
    ModelMetadata Metadata { get; }

    /// <summary>The input of BYTES that alone makes a request, so that a body may be it and nothing else; null: there is none.</summary>
    string? RawInput { get; }

    /// <summary>Checks the inputs and says what there is to compute, which then happens on a worker.</summary>
    /// <exception cref="ProtocolException">The inputs do not fit the model.</exception>
    Func<IReadOnlyList<Tensor>> Prepare(IReadOnlyList<Tensor> inputs);
}
