namespace Dimec.Text;

/// <summary>
/// The files of a checkpoint that say how its texts are cut: one that holds the tokens, and those beside it
/// that transformers reads as well.
/// </summary>
public sealed record TokenizerFileSet
{
    /// <summary>What error messages set before the files' names; empty for nothing.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The bytes of <c>tokenizer.json</c>; empty where there is none.</summary>
    public ReadOnlyMemory<byte> TokenizerJson { get; init; }

    /// <summary>The bytes of <c>vocab.txt</c>, which counts where there is no <c>tokenizer.json</c>.</summary>
    public ReadOnlyMemory<byte> Vocabulary { get; init; }

    /// <summary>The bytes of <c>tokenizer_config.json</c>; empty where there is none.</summary>
    public ReadOnlyMemory<byte> TokenizerConfig { get; init; }

    /// <summary>The bytes of <c>added_tokens.json</c>; empty where there is none.</summary>
    public ReadOnlyMemory<byte> AddedTokens { get; init; }

    /// <summary>The bytes of <c>special_tokens_map.json</c>; empty where there is none.</summary>
    public ReadOnlyMemory<byte> SpecialTokensMap { get; init; }

    /// <summary>The tokenizer's class in transformers that <c>config.json</c> names; null where it names none.</summary>
    public string? ClassName { get; init; }

    /// <summary>What error messages call a file.</summary>
    internal string Place(string name) => Path.Combine(Folder, name);
}
