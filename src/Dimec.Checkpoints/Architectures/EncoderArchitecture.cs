namespace Dimec.Checkpoints.Architectures;

/// <summary>
/// What tells a family of encoders from the others, as one table: the keys of its <c>config.json</c>, the names of its tensors, which
/// embeddings it has. All families run the same layers: attention and feed-forward, each with a residual and LayerNorm
/// after it (Devlin et al. 2019).
/// </summary>
/// <remarks>A family is added with a file beside <see cref="Bert"/> and its entry in <see cref="KnownArchitectures"/>.</remarks>
public sealed record EncoderArchitecture
{
    /// <summary>What it is called in sentences, e.g. <c>BERT</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What <c>model_type</c> of <c>config.json</c> calls it, e.g. <c>bert</c>; also the word that its names begin with beside a head.
    /// </summary>
    public required string ModelType { get; init; }

    /// <summary>The class of transformers that holds an encoder without a head, e.g. <c>BertModel</c>.</summary>
    public required string ModelClass { get; init; }

    /// <summary>The names of the embedding layer's parts.</summary>
    public required EmbeddingNames Embeddings { get; init; }

    /// <summary>What the names of the layers' parts begin with before the layer's number, from 0: e.g. <c>encoder.layer.</c>.</summary>
    public required string LayerStem { get; init; }

    /// <summary>The names of a layer's parts within the layer, e.g. <c>attention.self.query</c>.</summary>
    public required LayerNames LayerParts { get; init; }

    /// <summary>
    /// Whether training drops out values of the attention's output, before it is added to what the layer read. Default true.
    /// </summary>
    public bool DropsAttentionOutput { get; init; } = true;

    /// <summary>Whether tokens have types: whether an encoder takes <c>token_type_ids</c>.</summary>
    public bool HasTokenTypes => Embeddings.TokenType is not null;

    /// <summary>The keys of its <c>config.json</c>.</summary>
    public required ConfigKeyNames ConfigKeys { get; init; }

    /// <summary>What transformers sets before the encoder's names where a head stands beside the encoder.</summary>
    internal string Prefix => $"{ModelType}.";

    /// <summary>The names of a layer's parts.</summary>
    /// <param name="index">The layer's number, from 0.</param>
    /// <returns>The names.</returns>
    public LayerNames Layer(int index) => LayerParts.Under(LayerName(index));

    /// <summary>What all names of a layer's parts begin with, without the dot after it.</summary>
    /// <param name="index">The layer's number, from 0.</param>
    /// <returns>E.g. <c>encoder.layer.0</c>.</returns>
    public string LayerName(int index) => FormattableString.Invariant($"{LayerStem}{index}");
}
