namespace Dimec.Text.Tokenization.Files;

/// <summary>The tokenizer of a checkpoint's folder.</summary>
internal static class TokenizerFolder
{
    public static TokenizerSettings Read(string folder)
    {
        var json = Path.Combine(folder, "tokenizer.json");
        if (File.Exists(json))
        {
            using var stream = File.OpenRead(json);
            return TokenizerJsonReader.Read(stream, json);
        }

        var vocabulary = Path.Combine(folder, "vocab.txt");
        if (!File.Exists(vocabulary))
            throw new InputException(folder, "has neither tokenizer.json nor vocab.txt", "copy one of them from the checkpoint into the folder");
        var config = Path.Combine(folder, "tokenizer_config.json");
        using var tokens = File.OpenRead(vocabulary);
        if (!File.Exists(config))
            return VocabularyReader.Read(tokens, new VocabularySettings(), vocabulary);
        using var settings = File.OpenRead(config);
        return VocabularyReader.Read(tokens, VocabularySettings.Read(settings, config), vocabulary);
    }
}
