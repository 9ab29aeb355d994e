using Dimec.Bundles;
using Dimec.Inference.Batching;

namespace Dimec.Serving.Backends;

/// <summary>What a tier says of itself.</summary>
/// <param name="Tier">Its name.</param>
/// <param name="Exit">The layer number (from 1) of the exit that answers.</param>
/// <param name="Labels">The classes' names, in the order of the logits.</param>
/// <param name="MaxLength">The most tokens of a row that its bundle was made for.</param>
/// <param name="Revision">The bundle's revision: the version in the address.</param>
/// <param name="Hash">The bundle's hash.</param>
/// <param name="HasPair">Whether the task has pairs of texts.</param>
/// <param name="Shape">What its models take and give.</param>
/// <param name="Stretches">The stretches of layers that it has models of, the tier's whole first.</param>
internal sealed record TierDescription(
    string Tier,
    int Exit,
    IReadOnlyList<string> Labels,
    int MaxLength,
    int Revision,
    string Hash,
    bool HasPair,
    ModelShape Shape,
    IReadOnlyList<ServedStretch> Stretches)
{
    /// <summary>All its layers, from the tokens.</summary>
    public LayerStretch Whole => new(0, Exit);
}
