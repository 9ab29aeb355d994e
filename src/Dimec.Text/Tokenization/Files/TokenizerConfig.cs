using System.Globalization;
using Dimec.Json;

namespace Dimec.Text.Tokenization.Files;

/// <summary>What <c>tokenizer_config.json</c> says; null stands for what it does not say.</summary>
internal sealed record TokenizerConfig
{
    private const string Again = "copy the checkpoint's tokenizer_config.json again";

    /// <summary>What errors call the file.</summary>
    public string Where { get; init; } = "tokenizer_config.json";

    /// <summary>Whether it stands beside a bare vocabulary, and not beside a <c>tokenizer.json</c>.</summary>
    public bool IsBare { get; init; } = true;

    public bool? Lowercase { get; init; }

    public bool? StripAccents { get; init; }

    public bool? HandleChineseChars { get; init; }

    public bool? CleanText { get; init; }

    public string? ContinuationPrefix { get; init; }

    /// <summary>The tokenizer's class in transformers.</summary>
    public string? ClassName { get; init; }

    /// <summary>The longest input in tokens that transformers lets pass; null also where that is no limit.</summary>
    public int? LongestInput { get; init; }

    /// <summary>The special tokens by their roles.</summary>
    public SpecialTokens Special { get; init; } = new();

    /// <summary>The added tokens with the ids that the file gives them; null where it lists none.</summary>
    public IReadOnlyList<AddedToken>? AddedTokens { get; init; }

    /// <summary>Reads the file.</summary>
    /// <param name="utf8">Its bytes; empty for none.</param>
    /// <param name="where">What errors call it.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <exception cref="InputException">It is no JSON object.</exception>
    public static TokenizerConfig Read(ReadOnlyMemory<byte> utf8, string where, InputErrors errors)
    {
        if (utf8.IsEmpty)
            return new TokenizerConfig { Where = where };
        using var document = JsonInput.ParseObject(utf8, where, Again);
        var keys = JsonKeys.Of(document, where, Again, errors);
        RefuseWhatIsNotDone(keys);
        return new TokenizerConfig
        {
            Where = where,
            Lowercase = keys.Flag("do_lower_case"),
            StripAccents = keys.Flag("strip_accents"),
            HandleChineseChars = keys.Flag("tokenize_chinese_chars"),
            CleanText = keys.Flag("clean_text"),
            ContinuationPrefix = keys.Text("wordpieces_prefix"),
            ClassName = keys.Text("tokenizer_class"),
            LongestInput = ReadLongest(keys),
            Special = SpecialTokens.Read(keys),
            AddedTokens = ReadAdded(keys),
        };
    }

    /// <summary>Settings that would change the ids and that this tokenizer does not have.</summary>
    private static void RefuseWhatIsNotDone(JsonKeys keys)
    {
        if (keys.Flag("do_basic_tokenize") == false)
        {
            keys.Add(
                "do_basic_tokenize", "is false, where texts are always normalised and cut into words here",
                "set it to true if the model was trained so, or use another checkpoint");
        }

        if (keys.Array("never_split") is { Count: > 0 })
        {
            keys.Add(
                "never_split", "names tokens that are never split, which is not supported",
                "list them under added_tokens_decoder if the model was trained so, or empty it");
        }

        if (keys.Flag("split_special_tokens") == true)
        {
            keys.Add(
                "split_special_tokens", "is true, where a special token in a text is always that token here",
                "set it to false if the model was trained so, or use another checkpoint");
        }

        if (keys.Text("truncation_side") is { } side and not "right")
        {
            keys.Add(
                "truncation_side", $"is \"{side}\", where long texts are always cut at their end here",
                "set it to \"right\" if that may be, or use another checkpoint");
        }
    }

    /// <summary>Transformers writes 1e30 for no limit, as a whole number.</summary>
    private static int? ReadLongest(JsonKeys keys)
    {
        const string Key = "model_max_length";
        if (keys.Item(Key) is { Element: { ValueKind: not System.Text.Json.JsonValueKind.Number } other })
            keys.Add(Key, $"is {JsonItem.Describe(other)} where a number is expected");
        return keys.Item(Key)?.Number;
    }

    private static List<AddedToken>? ReadAdded(JsonKeys keys)
    {
        const string Key = "added_tokens_decoder";
        if (keys.Object(Key)?.Indexed() is not { } entries)
            return null;
        var tokens = new List<AddedToken>();
        foreach (var name in entries.Names)
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == int.MaxValue)
                entries.Add(name, "is no id");
            else if (entries.Object(name) is { } entry && AddedTokenReader.Read(entry, special: false, normalized: null) is { } token)
                tokens.Add(token with { Id = id });
        }

        return [.. tokens.OrderBy(token => token.Id)];
    }
}
