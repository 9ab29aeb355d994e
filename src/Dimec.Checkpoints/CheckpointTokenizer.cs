namespace Dimec.Checkpoints;

/// <summary>The tokenizer file that travels with a checkpoint, as it was found.</summary>
/// <param name="FileName"><c>tokenizer.json</c> or <c>vocab.txt</c>.</param>
/// <param name="Content">The file's bytes.</param>
/// <param name="Settings">For <c>vocab.txt</c>: the bytes of <c>tokenizer_config.json</c>, which says what a bare vocabulary does not; empty where there is none. <c>tokenizer.json</c> says it itself.</param>
public sealed record CheckpointTokenizer(string FileName, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Settings = default)
{
    /// <summary>The name of Hugging Face's complete tokenizer file.</summary>
    public const string TokenizerJson = "tokenizer.json";

    /// <summary>The name of a plain WordPiece vocabulary, one token a line.</summary>
    public const string Vocabulary = "vocab.txt";

    /// <summary>The name of the settings beside a plain vocabulary.</summary>
    public const string SettingsJson = "tokenizer_config.json";
}
