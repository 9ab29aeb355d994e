namespace Dimec.Checkpoints.Architectures;

/// <summary>Under what keys a family's <c>config.json</c> keeps what <see cref="EncoderConfig"/> holds.</summary>
public sealed record ConfigKeyNames
{
    /// <summary>The key of <see cref="EncoderConfig.HiddenSize"/>.</summary>
    public required string HiddenSize { get; init; }

    /// <summary>The key of <see cref="EncoderConfig.Layers"/>.</summary>
    public required string Layers { get; init; }

    /// <summary>The key of <see cref="EncoderConfig.Heads"/>.</summary>
    public required string Heads { get; init; }

    /// <summary>The key of <see cref="EncoderConfig.IntermediateSize"/>.</summary>
    public required string IntermediateSize { get; init; }

    /// <summary>The key of <see cref="EncoderConfig.VocabularySize"/>.</summary>
    public string VocabularySize { get; init; } = "vocab_size";

    /// <summary>The key of <see cref="EncoderConfig.MaxPositions"/>.</summary>
    public string MaxPositions { get; init; } = "max_position_embeddings";

    /// <summary>The key of <see cref="EncoderConfig.TypeVocabularySize"/>; null where tokens have no types.</summary>
    public string? TypeVocabularySize { get; init; }

    /// <summary>The key of <see cref="EncoderConfig.LayerNormEpsilon"/>; null where it is no setting, but always the default.</summary>
    public string? LayerNormEpsilon { get; init; }

    /// <summary>The key of <see cref="EncoderConfig.HiddenActivation"/>.</summary>
    public required string Activation { get; init; }

    /// <summary>The key of <see cref="EncoderConfig.HiddenDropout"/>.</summary>
    public required string HiddenDropout { get; init; }

    /// <summary>The key of <see cref="EncoderConfig.AttentionDropout"/>.</summary>
    public required string AttentionDropout { get; init; }

    /// <summary>The key of <see cref="EncoderConfig.ClassifierDropout"/>.</summary>
    public required string ClassifierDropout { get; init; }

    /// <summary>What an absent <see cref="ClassifierDropout"/> stands for; null for that of the other layers.</summary>
    public double? DefaultClassifierDropout { get; init; }

    /// <summary>The key of <see cref="EncoderConfig.InitializerRange"/>.</summary>
    public string InitializerRange { get; init; } = "initializer_range";

    /// <summary>The key of <see cref="EncoderConfig.PadTokenId"/>.</summary>
    public string PadTokenId { get; init; } = "pad_token_id";

    /// <summary>Further texts that are written, since they say what the encoder is and have no other value here.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Constants { get; init; } = [];
}
