using System.Text.Json;

namespace Dimec.Text.Tokenization.Files;

/// <summary>What a bare vocabulary does not say; the defaults are BERT's.</summary>
internal sealed record VocabularySettings
{
    public bool Lowercase { get; init; } = true;

    public bool? StripAccents { get; init; }

    public bool HandleChineseChars { get; init; } = true;

    public string Unknown { get; init; } = "[UNK]";

    public string Separator { get; init; } = "[SEP]";

    public string Start { get; init; } = "[CLS]";

    public string Pad { get; init; } = "[PAD]";

    public string Mask { get; init; } = "[MASK]";

    /// <summary>Reads <c>tokenizer_config.json</c>.</summary>
    /// <exception cref="InputException">It is no JSON object.</exception>
    public static VocabularySettings Read(Stream stream, string where)
    {
        var defaults = new VocabularySettings();
        using var document = Json.Parse(stream, where, "copy the checkpoint's tokenizer_config.json again");
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
