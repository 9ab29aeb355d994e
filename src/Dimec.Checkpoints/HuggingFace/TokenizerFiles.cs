using Dimec.Files;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>The tokenizer files of a checkpoint folder.</summary>
internal static class TokenizerFiles
{
    public static CheckpointTokenizer? Read(string folder)
    {
        var json = Path.Combine(folder, CheckpointTokenizer.TokenizerJson);
        if (File.Exists(json))
            return new CheckpointTokenizer(CheckpointTokenizer.TokenizerJson, File.ReadAllBytes(json));
        var vocabulary = Path.Combine(folder, CheckpointTokenizer.Vocabulary);
        if (!File.Exists(vocabulary))
            return null;
        var settings = Path.Combine(folder, CheckpointTokenizer.SettingsJson);
        return new CheckpointTokenizer(CheckpointTokenizer.Vocabulary, File.ReadAllBytes(vocabulary), File.Exists(settings) ? File.ReadAllBytes(settings) : default);
    }

    public static void Write(CheckpointTokenizer tokenizer, string folder)
    {
        AtomicFile.Write(Path.Combine(folder, tokenizer.FileName), stream => stream.Write(tokenizer.Content.Span));
        if (!tokenizer.Settings.IsEmpty)
            AtomicFile.Write(Path.Combine(folder, CheckpointTokenizer.SettingsJson), stream => stream.Write(tokenizer.Settings.Span));
    }
}
