using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference;

/// <summary>A response, whichever way it travels.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that answered.</param>
/// <param name="Id">The request's.</param>
/// <param name="Parameters">Parameters, all strings: the one kind that every client reads.</param>
/// <param name="Outputs">The output tensors.</param>
public sealed record InferResponse(
    string Model,
    string Version,
    string Id,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<Tensor> Outputs);
