namespace Dimec.Export.Graphs;

/// <summary>Names of the embedding layer's tensors, in the checkpoint and in the exported file alike.</summary>
internal static class EmbeddingNames
{
    public const string Word = "embeddings.word_embeddings.weight";
    public const string Position = "embeddings.position_embeddings.weight";
    public const string TokenType = "embeddings.token_type_embeddings.weight";
    public const string Norm = "embeddings.LayerNorm";
}
