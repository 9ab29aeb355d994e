namespace Dimec.Checkpoints.HuggingFace;

/// <summary>What <c>config.json</c> holds for us.</summary>
/// <param name="Encoder">The encoder's shape.</param>
/// <param name="Exits">The trained exits; null for a bare encoder.</param>
internal sealed record ModelConfig(EncoderConfig Encoder, ExitHeadConfig? Exits)
{
    /// <summary>What the model was loaded from when it was saved.</summary>
    public string? NameOrPath { get; init; }

    /// <summary>The tokenizer's class in transformers.</summary>
    public string? TokenizerClass { get; init; }

    /// <summary>The model's class in transformers.</summary>
    public string? Architecture { get; init; }

    /// <summary>The classes of its classifier.</summary>
    public required LabelNames Labels { get; init; }
}
