namespace Dimec.Checkpoints;

/// <summary>The tokenizer files that travel with a checkpoint, as they were found.</summary>
/// <param name="FileName"><c>tokenizer.json</c> or <c>vocab.txt</c>.</param>
/// <param name="Content">The file's bytes.</param>
/// <param name="Settings">The bytes of <c>tokenizer_config.json</c>, which says what a bare vocabulary does not and may contradict a
/// <c>tokenizer.json</c>; empty where there is none.</param>
public sealed record CheckpointTokenizer(string FileName, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Settings = default)
{
    /// <summary>The name of Hugging Face's complete tokenizer file.</summary>
    public const string TokenizerJson = "tokenizer.json";

    /// <summary>The name of a plain WordPiece vocabulary, one token a line.</summary>
    public const string Vocabulary = "vocab.txt";

    /// <summary>The name of the settings beside a plain vocabulary.</summary>
    public const string SettingsJson = "tokenizer_config.json";

    /// <summary>The name of the tokens that were added to a vocabulary later, with their ids.</summary>
    public const string AddedTokensJson = "added_tokens.json";

    /// <summary>The name of the special tokens by their roles.</summary>
    public const string SpecialTokensJson = "special_tokens_map.json";

    /// <summary>The bytes of <c>added_tokens.json</c>; empty where there is none.</summary>
    public ReadOnlyMemory<byte> AddedTokens { get; init; }

    /// <summary>The bytes of <c>special_tokens_map.json</c>; empty where there is none.</summary>
    public ReadOnlyMemory<byte> SpecialTokens { get; init; }

    /// <summary>The class of transformers that <c>config.json</c> names for the tokenizer; null where it names none.</summary>
    public string? ClassName { get; init; }
}
