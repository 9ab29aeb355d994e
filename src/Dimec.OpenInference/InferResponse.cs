using Dimec.OpenInference.Tensors;

namespace Dimec.OpenInference;

/// <summary>A response, whichever way it travels.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that answered; empty: the server did not say.</param>
/// <param name="Id">The request's.</param>
/// <param name="Parameters">Parameters; strings are the one kind that every client reads.</param>
/// <param name="Outputs">The output tensors.</param>
public sealed record InferResponse(
    string Model,
    string Version,
    string Id,
    IReadOnlyDictionary<string, ParameterValue> Parameters,
    IReadOnlyList<Tensor> Outputs)
{
    /// <summary>The output of a name; null: there is none.</summary>
    /// <param name="name">The output's name.</param>
    public Tensor? Output(string name) => Outputs.FirstOrDefault(output => output.Name == name);
}
