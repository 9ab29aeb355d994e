using Dimec.Files;

namespace Dimec.Text.Tokenization.Files;

/// <summary>The tokenizer files of a checkpoint's folder.</summary>
internal static class TokenizerFolder
{
    public static TokenizerFileSet Read(string folder)
    {
        var files = new TokenizerFileSet
        {
            Folder = folder,
            TokenizerJson = Content("tokenizer.json"),
            TokenizerConfig = Content("tokenizer_config.json"),
            AddedTokens = Content("added_tokens.json"),
            SpecialTokensMap = Content("special_tokens_map.json"),
        };
        if (files.TokenizerJson.IsEmpty)
            files = files with { Vocabulary = Content("vocab.txt") };
        return files.TokenizerJson.IsEmpty && files.Vocabulary.IsEmpty
            ? throw new InputException(
                folder, "has neither tokenizer.json nor vocab.txt", "copy one of them from the checkpoint into the folder")
            : files;

        ReadOnlyMemory<byte> Content(string name)
        {
            var path = Path.Combine(folder, name);
            if (FileKinds.Of(path, followLinks: false) == FileKind.Nothing)
                return default;
            // An empty one would pass for an absent one.
            return InputFile.ReadAllBytes(path) is { Length: > 0 } bytes
                ? bytes
                : throw new InputException(path, "is empty", "copy it from the checkpoint again");
        }
    }
}
