using Dimec.Checkpoints;
using Dimec.Text;

namespace Dimec.Training;

/// <summary>The tokenizer that travels with a checkpoint.</summary>
public static class CheckpointTokenizers
{
    /// <summary>Reads it.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="folder">The folder that errors name before the tokenizer's file; empty for none.</param>
    /// <exception cref="InputException">The checkpoint carries none, one that is no WordPiece, or one with more tokens than the weights have rows.</exception>
    public static WordPieceTokenizer Read(Checkpoint checkpoint, string folder = "")
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var file = checkpoint.Tokenizer
            ?? throw new InputException(folder.Length > 0 ? folder : "checkpoint", "holds no tokenizer", "put the tokenizer.json or vocab.txt beside the weights");
        var where = Path.Combine(folder, file.FileName);
        using var content = new MemoryStream(file.Content.ToArray(), writable: false);
        var tokenizer = file.FileName == CheckpointTokenizer.TokenizerJson
            ? WordPieceTokenizer.FromTokenizerJson(content, where)
            : Bare(content, file.Settings, where, Path.Combine(folder, CheckpointTokenizer.SettingsJson));
        return tokenizer.VocabularySize <= checkpoint.Config.VocabularySize
            ? tokenizer
            : throw new InputException(
                where, $"has {tokenizer.VocabularySize} tokens where the weights have rows for {checkpoint.Config.VocabularySize}",
                "use the tokenizer that belongs to the weights");
    }

    private static WordPieceTokenizer Bare(Stream vocabulary, ReadOnlyMemory<byte> settings, string where, string settingsWhere)
    {
        if (settings.IsEmpty)
            return WordPieceTokenizer.FromVocabulary(vocabulary, lowercase: true, where);
        using var content = new MemoryStream(settings.ToArray(), writable: false);
        return WordPieceTokenizer.FromVocabulary(vocabulary, content, where, settingsWhere);
    }
}
