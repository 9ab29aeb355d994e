namespace Dimec.Checkpoints;

/// <summary>The tokenizer file that travels with a checkpoint, as it was found.</summary>
/// <param name="FileName"><c>tokenizer.json</c> or <c>vocab.txt</c>.</param>
/// <param name="Content">The file's bytes.</param>
/// <param name="Lowercase">For <c>vocab.txt</c>: <c>do_lower_case</c> of <c>tokenizer_config.json</c>, true where that is absent. <c>tokenizer.json</c> says it itself.</param>
public sealed record CheckpointTokenizer(string FileName, ReadOnlyMemory<byte> Content, bool Lowercase)
{
    /// <summary>The name of Hugging Face's complete tokenizer file.</summary>
    public const string TokenizerJson = "tokenizer.json";

    /// <summary>The name of a plain WordPiece vocabulary, one token a line.</summary>
    public const string Vocabulary = "vocab.txt";
}
