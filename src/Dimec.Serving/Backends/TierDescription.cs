namespace Dimec.Serving.Backends;

/// <summary>What a tier says of itself.</summary>
/// <param name="Tier">Its name.</param>
/// <param name="Exit">The layer number (from 1) of the exit that answers.</param>
/// <param name="Labels">The classes' names, in the order of the logits.</param>
/// <param name="MaxLength">The most tokens of a row that its bundle was made for.</param>
/// <param name="Revision">The bundle's revision: the version in the address.</param>
/// <param name="Hash">The bundle's hash.</param>
/// <param name="UsesTokenTypes">Whether the model takes token types.</param>
/// <param name="HasPair">Whether the task has pairs of texts.</param>
/// <param name="PadId">The token id that stands where a shorter row is padded.</param>
internal sealed record TierDescription(
    string Tier,
    int Exit,
    IReadOnlyList<string> Labels,
    int MaxLength,
    int Revision,
    string Hash,
    bool UsesTokenTypes,
    bool HasPair,
    int PadId);
