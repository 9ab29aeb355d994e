namespace Dimec.Checkpoints.Architectures;

/// <summary>
/// The names of the embedding layer's parts; each table's tensor ends in <c>.weight</c>, LayerNorm's in <c>.weight</c> and <c>.bias</c>.
/// </summary>
/// <param name="Word">The word table [vocabulary, H].</param>
/// <param name="Position">The position table [positions, H].</param>
/// <param name="TokenType">The token type table [types, H]; null where tokens have no types.</param>
/// <param name="Norm">The LayerNorm over their sum.</param>
public sealed record EmbeddingNames(string Word, string Position, string? TokenType, string Norm);
