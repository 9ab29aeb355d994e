using Dimec.Predictions;

namespace Dimec.Bundles;

/// <summary>
/// Where the embedding layer's tables lie inside a model file, so that the router can map them into memory: nothing is stored twice.
/// A token's output is LayerNorm(word + position + token type); <see cref="Kind"/> says how e(x) is made of them.
/// </summary>
/// <param name="File">The file that holds them.</param>
/// <param name="Hidden">The length of a row.</param>
/// <param name="Word">A row a token of the vocabulary.</param>
/// <param name="Position">A row a position.</param>
/// <param name="TokenType">A row a token type; null where tokens have no types.</param>
/// <param name="NormWeight">LayerNorm's weight: one row.</param>
/// <param name="NormBias">LayerNorm's bias: one row.</param>
/// <param name="NormEpsilon">LayerNorm's ε.</param>
/// <param name="Kind">What e(x) is made of: what the plan's centroids are means of.</param>
public sealed record EmbeddingTables(
    string File,
    int Hidden,
    TableSlice Word,
    TableSlice Position,
    TableSlice? TokenType,
    TableSlice NormWeight,
    TableSlice NormBias,
    double NormEpsilon,
    EmbeddingKind Kind);
