namespace Dimec.Predictions;

/// <summary>What e(x) is made of, by which a sample is routed before any layer has run (an open choice of the method, section 6).</summary>
public enum EmbeddingKind
{
    /// <summary>
    /// The mean over the real tokens, [CLS] and [SEP] included, of the embedding layer's outputs after its LayerNorm. The default.
    /// </summary>
    LayerNorm,

    /// <summary>The mean over the same tokens of the sums word + position + token type, before the LayerNorm.</summary>
    Sum,

    /// <summary>
    /// The L2 norm of each real token's output after the LayerNorm, in the tokens' order, then zeros up to the model's longest input.
    /// </summary>
    TokenNorms,
}
