using Dimec.Files;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>The tokenizer files of a checkpoint folder.</summary>
internal static class TokenizerFiles
{
    public static CheckpointTokenizer? Read(string folder, string? className)
    {
        var name = CheckpointPlace.Holds(folder, CheckpointTokenizer.TokenizerJson)
            ? CheckpointTokenizer.TokenizerJson
            : CheckpointTokenizer.Vocabulary;
        if (!CheckpointPlace.Holds(folder, name))
            return null;
        return new CheckpointTokenizer(name, Content(name), Content(CheckpointTokenizer.SettingsJson))
        {
            AddedTokens = Content(CheckpointTokenizer.AddedTokensJson),
            SpecialTokens = Content(CheckpointTokenizer.SpecialTokensJson),
            ClassName = className,
        };

        ReadOnlyMemory<byte> Content(string file)
        {
            if (!CheckpointPlace.Holds(folder, file))
                return default;
            var path = Path.Combine(folder, file);
            // An empty one would pass for an absent one.
            return InputFile.ReadAllBytes(path) is { Length: > 0 } bytes
                ? bytes
                : throw new InputException(path, "is empty", "download the file again");
        }
    }

    public static void Write(CheckpointTokenizer tokenizer, string folder)
    {
        AtomicFile.Write(Path.Combine(folder, tokenizer.FileName), stream => stream.Write(tokenizer.Content.Span));
        WriteBeside(CheckpointTokenizer.SettingsJson, tokenizer.Settings);
        WriteBeside(CheckpointTokenizer.AddedTokensJson, tokenizer.AddedTokens);
        WriteBeside(CheckpointTokenizer.SpecialTokensJson, tokenizer.SpecialTokens);

        void WriteBeside(string file, ReadOnlyMemory<byte> content)
        {
            if (!content.IsEmpty)
                AtomicFile.Write(Path.Combine(folder, file), stream => stream.Write(content.Span));
        }
    }
}
