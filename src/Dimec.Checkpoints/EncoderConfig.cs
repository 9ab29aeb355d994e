using System.Text.Json.Serialization;
using Dimec.Checkpoints.Architectures;
using Dimec.Checkpoints.HuggingFace;

namespace Dimec.Checkpoints;

/// <summary>The shape of an encoder: what Hugging Face's <c>config.json</c> says about it.</summary>
/// <remarks>Validated where it is read (<see cref="Read"/>); the defaults are those of Hugging Face's <c>BertConfig</c>.
/// Keys are named as BERT has them; <see cref="Architecture"/> says what its family calls them.</remarks>
public sealed record EncoderConfig
{
    /// <summary>The most layers that are supported.</summary>
    public const int MostLayers = 24;

    /// <summary>The ε of a LayerNorm where nothing says another.</summary>
    internal const double DefaultLayerNormEpsilon = 1e-12;

    /// <summary>
    /// The family that the encoder belongs to. Default: BERT's. It is no part of a run's record: the files' hashes tell the checkpoint, and
    /// a run that was begun before goes on.
    /// </summary>
    [JsonIgnore]
    public EncoderArchitecture Architecture { get; init; } = Bert.Architecture;

    /// <summary>Width of the hidden states, H (<c>hidden_size</c>, ≥ 1, a multiple of <see cref="Heads"/>).</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Number of transformer layers, L (<c>num_hidden_layers</c>, 1–24).</summary>
    public required int Layers { get; init; }

    /// <summary>Number of attention heads (<c>num_attention_heads</c>, ≥ 1).</summary>
    public required int Heads { get; init; }

    /// <summary>Width between a layer's two feed-forward matrices (<c>intermediate_size</c>, ≥ 1).</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Rows of the word embedding table (<c>vocab_size</c>, ≥ 1).</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Rows of the position embedding table, the longest input in tokens (<c>max_position_embeddings</c>, ≥ 1).</summary>
    public required int MaxPositions { get; init; }

    /// <summary>
    /// Rows of the token type embedding table (<c>type_vocab_size</c>, ≥ 1; default 2); 0 where the family's tokens have no types.
    /// </summary>
    public int TypeVocabularySize { get => Architecture.HasTokenTypes ? field : 0; init; } = 2;

    /// <summary>
    /// ε of every LayerNorm (<c>layer_norm_eps</c>, &gt; 0 as a <see cref="float"/>, in which it is computed; default 1e-12).
    /// </summary>
    public double LayerNormEpsilon { get; init; } = DefaultLayerNormEpsilon;

    /// <summary>Non-linearity of the feed-forward part (<c>hidden_act</c>; default <see cref="Activation.Gelu"/>).</summary>
    public Activation HiddenActivation { get; init; } = Activation.Gelu;

    /// <summary>
    /// Dropout on embeddings and on each sub-layer's output in training (<c>hidden_dropout_prob</c>, 0 ≤ p &lt; 1; default 0.1).
    /// </summary>
    public double HiddenDropout { get; init; } = 0.1;

    /// <summary>Dropout on attention probabilities in training (<c>attention_probs_dropout_prob</c>, 0 ≤ p &lt; 1; default 0.1).</summary>
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>Dropout inside an exit's head (<c>classifier_dropout</c>); null stands for <see cref="HiddenDropout"/>.</summary>
    public double? ClassifierDropout { get; init; }

    /// <summary>Standard deviation from which new weights are drawn (<c>initializer_range</c>, &gt; 0; default 0.02).</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>The padding token's row in the word embedding table (<c>pad_token_id</c>; default 0).</summary>
    public int PadTokenId { get; init; }

    /// <summary>Width of one attention head: H / heads.</summary>
    public int HeadSize => HiddenSize / Heads;

    /// <summary>Reads and validates a Hugging Face <c>config.json</c>; unknown keys are ignored.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="where">What to call it in errors, e.g. its path.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="InputException">It is no JSON object, of no known architecture, or a value is missing or out of range;
    /// every such problem is listed.</exception>
    public static EncoderConfig Read(Stream stream, string where) => ConfigReader.Read(stream, where).Encoder;
}
