using Dimec.Checkpoints;
using Dimec.Text;

namespace Dimec.Runs;

/// <summary>The tokenizer that travels with a checkpoint.</summary>
public static class CheckpointTokenizers
{
    private const int MostNamed = 4;

    /// <summary>Reads it.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="folder">The folder that errors name before the tokenizer's file; empty for none.</param>
    /// <exception cref="InputException">The checkpoint carries none, one that is no WordPiece, files that contradict each other,
    /// or one whose ids the weights have no rows for.</exception>
    public static WordPieceTokenizer Read(Checkpoint checkpoint, string folder = "")
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var file = checkpoint.Tokenizer
            ?? throw new InputException(
                folder.Length > 0 ? folder : "checkpoint", "holds no tokenizer", "put the tokenizer.json or vocab.txt beside the weights");
        var isComplete = file.FileName == CheckpointTokenizer.TokenizerJson;
        var tokenizer = WordPieceTokenizer.FromFiles(new TokenizerFileSet
        {
            Folder = folder,
            TokenizerJson = isComplete ? file.Content : default,
            Vocabulary = isComplete ? default : file.Content,
            TokenizerConfig = file.Settings,
            AddedTokens = file.AddedTokens,
            SpecialTokensMap = file.SpecialTokens,
            ClassName = file.ClassName,
        });
        var where = Path.Combine(folder, file.FileName);
        CheckFit(tokenizer, checkpoint.Config, where);
        if (checkpoint.Exits is { } exits)
        {
            CheckRoom(
                tokenizer, exits.MaxLength, exits.HasPair, $"{where} post_processor", "use the tokenizer that the exits were trained with");
        }

        return tokenizer;
    }

    /// <summary>Refuses a length that leaves no room for a token of a text.</summary>
    /// <param name="tokenizer">The tokenizer, which sets special tokens around a text.</param>
    /// <param name="maxLength">The most tokens of a sample.</param>
    /// <param name="pair">Whether samples are pairs of texts.</param>
    /// <param name="where">How the error names the place of the length.</param>
    /// <param name="fix">How to mend it.</param>
    /// <exception cref="InputException">Special tokens take all of it.</exception>
    public static void CheckRoom(WordPieceTokenizer tokenizer, int maxLength, bool pair, string where, string fix)
    {
        if (Math.Max(tokenizer.SpecialTokenCount(pair: false), pair ? tokenizer.SpecialTokenCount(pair) : 0) is var special
            && special >= maxLength)
        {
            throw new InputException(
                where, $"sets {special} special tokens around a text, which leaves none of {maxLength} tokens for it", fix);
        }
    }

    private static void CheckFit(WordPieceTokenizer tokenizer, EncoderConfig config, string where)
    {
        if (tokenizer.TokensFrom(config.VocabularySize) is { Count: > 0 } beyond)
        {
            throw new InputException(
                where,
                $"has {tokenizer.VocabularySize} tokens where the weights have rows for {config.VocabularySize}: "
                + $"{string.Join(", ", beyond.Take(MostNamed))}{(beyond.Count > MostNamed ? ", …" : "")} "
                + $"{(beyond.Count == 1 ? "has" : "have")} none",
                "use the tokenizer that belongs to the weights");
        }

        // A backbone with one type takes no pairs at all, which is said where the data are known;
        // one without types takes none of a tokenizer's.
        if (config.Architecture.HasTokenTypes && (tokenizer.TypeCount(pair: false) > config.TypeVocabularySize
            || (config.TypeVocabularySize > 1 && tokenizer.TypeCount(pair: true) > config.TypeVocabularySize)))
        {
            throw new InputException(
                $"{where} post_processor",
                $"gives tokens the type {Math.Max(tokenizer.TypeCount(pair: false), tokenizer.TypeCount(pair: true)) - 1} "
                + $"where the weights have rows for {config.TypeVocabularySize}",
                "use the tokenizer that belongs to the weights");
        }
    }
}
