using Dimec.Predictions;

namespace Dimec.Planning.Promises;

/// <summary>
/// What the samples on which a promise is tested have, and nothing of what they say: a chain of plans is made for such a part.
/// </summary>
/// <param name="IsLabelled">Whether true classes are known.</param>
/// <param name="EmbeddingSize">The length of an embedding e(x), or 0 where none was recorded.</param>
public sealed record PartContent(bool IsLabelled, int EmbeddingSize)
{
    /// <summary>What a part has.</summary>
    /// <param name="part">The part.</param>
    public static PartContent Of(RecordedExits part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return new PartContent(part.Gold.All(gold => gold >= 0), part.EmbeddingSize);
    }
}
