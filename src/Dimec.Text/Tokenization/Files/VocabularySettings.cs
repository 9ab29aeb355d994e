namespace Dimec.Text.Tokenization.Files;

/// <summary>What a bare vocabulary does not say; the defaults are BERT's.</summary>
internal sealed record VocabularySettings
{
    public bool Lowercase { get; init; } = true;

    public bool? StripAccents { get; init; }

    public bool HandleChineseChars { get; init; } = true;

    public string Unknown { get; init; } = "[UNK]";

    public string Separator { get; init; } = "[SEP]";

    public string Start { get; init; } = "[CLS]";

    public string Pad { get; init; } = "[PAD]";

    public string Mask { get; init; } = "[MASK]";
}
