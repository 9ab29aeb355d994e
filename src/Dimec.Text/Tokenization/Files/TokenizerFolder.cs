using System.Text.Json;

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
        var settings = ReadConfig(Path.Combine(folder, "tokenizer_config.json"));
        using var tokens = File.OpenRead(vocabulary);
        return VocabularyReader.Read(tokens, settings, vocabulary);
    }

    private static VocabularySettings ReadConfig(string path)
    {
        var defaults = new VocabularySettings();
        if (!File.Exists(path))
            return defaults;
        using var stream = File.OpenRead(path);
        using var document = Json.Parse(stream, path, "copy the checkpoint's tokenizer_config.json again");
        var config = document.RootElement;
        return new VocabularySettings
        {
            Lowercase = Json.Flag(config, "do_lower_case") ?? defaults.Lowercase,
            StripAccents = Json.Flag(config, "strip_accents"),
            HandleChineseChars = Json.Flag(config, "tokenize_chinese_chars") ?? defaults.HandleChineseChars,
            Unknown = Token(config, "unk_token") ?? defaults.Unknown,
            Separator = Token(config, "sep_token") ?? defaults.Separator,
            Start = Token(config, "cls_token") ?? defaults.Start,
            Pad = Token(config, "pad_token") ?? defaults.Pad,
            Mask = Token(config, "mask_token") ?? defaults.Mask,
        };
    }

    /// <summary>A special token is written as its text, or as an object that holds it.</summary>
    private static string? Token(JsonElement config, string name) =>
        Json.Text(config, name) ?? (Json.Object(config, name) is { } token ? Json.Text(token, "content") : null);
}
