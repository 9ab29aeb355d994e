using Dimec.Checkpoints;
using Dimec.Text;

namespace Dimec.Cli;

/// <summary>The tokenizer that travels with a checkpoint.</summary>
internal static class Tokenizers
{
    /// <summary>Reads it.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="where">How errors name the checkpoint.</param>
    /// <exception cref="InputException">The checkpoint carries none, or one that is no WordPiece.</exception>
    public static WordPieceTokenizer Of(Checkpoint checkpoint, string where)
    {
        var file = checkpoint.Tokenizer
            ?? throw new InputException(where, "holds no tokenizer", "put the tokenizer.json or vocab.txt beside the weights");
        using var content = new MemoryStream(file.Content.ToArray(), writable: false);
        return file.FileName == CheckpointTokenizer.TokenizerJson
            ? WordPieceTokenizer.FromTokenizerJson(content, $"{where} {file.FileName}")
            : WordPieceTokenizer.FromVocabulary(content, file.Lowercase);
    }
}
