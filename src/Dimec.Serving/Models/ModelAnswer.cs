using Dimec.OpenInference.Tensors;

namespace Dimec.Serving.Models;

/// <summary>What a model says to a request.</summary>
/// <param name="Exit">The layer number of the exit that answered; of a walk, the deepest.</param>
/// <param name="Outputs">All outputs of the model that it has for the request.</param>
internal sealed record ModelAnswer(int Exit, IReadOnlyList<Tensor> Outputs)
{
    /// <summary>Where each row stopped.</summary>
    public required IEnumerable<AnsweredRow> Rows { get; init; }

    /// <summary>A sentence on what another tier failed to do; null: there is none.</summary>
    public string? ForwardFailure { get; init; }
}
