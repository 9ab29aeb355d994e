namespace Dimec.Bundles;

/// <summary>
/// Where the embedding layer's tables lie inside a model file, so that the router can map them into memory: nothing is stored twice.
/// e(x) is the mean over all real tokens of LayerNorm(word + position + token type).
/// </summary>
/// <param name="File">The file that holds them.</param>
/// <param name="Hidden">The length of a row.</param>
/// <param name="Word">A row a token of the vocabulary.</param>
/// <param name="Position">A row a position.</param>
/// <param name="TokenType">A row a token type.</param>
/// <param name="NormWeight">LayerNorm's weight: one row.</param>
/// <param name="NormBias">LayerNorm's bias: one row.</param>
/// <param name="NormEpsilon">LayerNorm's ε.</param>
/// <param name="Pooling">How tokens become one vector; <c>mean</c>.</param>
public sealed record EmbeddingTables(
    string File,
    int Hidden,
    TableSlice Word,
    TableSlice Position,
    TableSlice TokenType,
    TableSlice NormWeight,
    TableSlice NormBias,
    double NormEpsilon,
    string Pooling);
