namespace Dimec.Checkpoints.Architectures;

/// <summary>BERT (Devlin et al. 2019), as Hugging Face's <c>BertConfig</c> and <c>BertModel</c> have it.</summary>
public static class Bert
{
    /// <summary>The family's table.</summary>
    public static EncoderArchitecture Architecture { get; } = new()
    {
        Name = "BERT",
        ModelType = "bert",
        ModelClass = "BertModel",
        Embeddings = new(
            "embeddings.word_embeddings", "embeddings.position_embeddings", "embeddings.token_type_embeddings", "embeddings.LayerNorm"),
        LayerStem = "encoder.layer.",
        LayerParts = new(
            Query: "attention.self.query",
            Key: "attention.self.key",
            Value: "attention.self.value",
            AttentionOutput: "attention.output.dense",
            AttentionNorm: "attention.output.LayerNorm",
            Inner: "intermediate.dense",
            Outer: "output.dense",
            OutputNorm: "output.LayerNorm"),
        ConfigKeys = new()
        {
            HiddenSize = "hidden_size",
            Layers = "num_hidden_layers",
            Heads = "num_attention_heads",
            IntermediateSize = "intermediate_size",
            TypeVocabularySize = "type_vocab_size",
            LayerNormEpsilon = "layer_norm_eps",
            Activation = "hidden_act",
            HiddenDropout = "hidden_dropout_prob",
            AttentionDropout = "attention_probs_dropout_prob",
            ClassifierDropout = "classifier_dropout",
            Constants = [new("position_embedding_type", "absolute")],
        },
    };
}
