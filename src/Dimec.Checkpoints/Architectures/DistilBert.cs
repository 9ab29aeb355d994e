namespace Dimec.Checkpoints.Architectures;

/// <summary>
/// DistilBERT (Sanh et al. 2019), as Hugging Face's <c>DistilBertConfig</c> and <c>DistilBertModel</c> have it:
/// BERT without token types and pooler.
/// </summary>
public static class DistilBert
{
    /// <summary>The family's table.</summary>
    public static EncoderArchitecture Architecture { get; } = new()
    {
        Name = "DistilBERT",
        ModelType = "distilbert",
        ModelClass = "DistilBertModel",
        Embeddings = new("embeddings.word_embeddings", "embeddings.position_embeddings", TokenType: null, "embeddings.LayerNorm"),
        LayerStem = "transformer.layer.",
        LayerParts = new(
            Query: "attention.q_lin",
            Key: "attention.k_lin",
            Value: "attention.v_lin",
            AttentionOutput: "attention.out_lin",
            AttentionNorm: "sa_layer_norm",
            Inner: "ffn.lin1",
            Outer: "ffn.lin2",
            OutputNorm: "output_layer_norm"),
        DropsAttentionOutput = false,
        ConfigKeys = new()
        {
            HiddenSize = "dim",
            Layers = "n_layers",
            Heads = "n_heads",
            IntermediateSize = "hidden_dim",
            Activation = "activation",
            HiddenDropout = "dropout",
            AttentionDropout = "attention_dropout",
            ClassifierDropout = "seq_classif_dropout",
            DefaultClassifierDropout = 0.2,
        },
    };
}
