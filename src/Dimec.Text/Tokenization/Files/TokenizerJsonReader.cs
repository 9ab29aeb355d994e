using System.Text.Json;
using Dimec.Text.Tokenization.Normalization;

namespace Dimec.Text.Tokenization.Files;

/// <summary>Reads a <c>tokenizer.json</c> of Hugging Face's tokenizers.</summary>
internal static class TokenizerJsonReader
{
    private const string Fix = "use a checkpoint of the BERT family with a WordPiece tokenizer";
    private const int LongestWord = 10_000;
    private const string Again = "copy the checkpoint's tokenizer.json again";

    public static TokenizerSettings Read(Stream stream, string where)
    {
        using var document = Json.Parse(stream, where, Again);
        var root = document.RootElement;
        var errors = new InputErrors();
        var model = ReadModel(root, where);
        var vocabulary = ReadVocabulary(model, where, errors);
        var normalizer = ReadNormalizer(root, where, errors);
        if (Json.Object(root, "pre_tokenizer") is not { } cutter || Json.Text(cutter, "type") != "BertPreTokenizer")
            errors.Add($"{where} pre_tokenizer", $"is {Kind(root, "pre_tokenizer")} where BertPreTokenizer is expected", Fix);
        var settings = new TokenizerSettings(
            vocabulary,
            Json.Text(model, "unk_token") ?? "[UNK]",
            Json.Text(model, "continuing_subword_prefix") ?? "##",
            ReadWordLimit(model, where, errors),
            normalizer,
            ReadAdded(root, vocabulary),
            new EncodingTemplate([], []));
        if (!settings.Vocabulary.ContainsKey(settings.UnknownToken))
            errors.Add($"{where} model.vocab", $"lacks the unknown token {settings.UnknownToken}", Again);
        var template = PostProcessorReader.Read(root, settings, where, errors);
        errors.ThrowIfAny();
        return settings with { Template = template };
    }

    private static JsonElement ReadModel(JsonElement root, string where)
    {
        // Files of the first versions do not name the model's type; only WordPiece has the prefix.
        if (Json.Object(root, "model") is { } model && (Json.Text(model, "type") ?? (Json.Text(model, "continuing_subword_prefix") is null ? null : "WordPiece")) == "WordPiece")
            return model;
        throw new InputException($"{where} model", $"is {Kind(root, "model")} where WordPiece is expected", Fix);
    }

    private static NormalizerSettings ReadNormalizer(JsonElement root, string where, InputErrors errors)
    {
        if (Json.Object(root, "normalizer") is { } bert && Json.Text(bert, "type") == "BertNormalizer")
        {
            return new NormalizerSettings(
                Json.Flag(bert, "clean_text") ?? true,
                Json.Flag(bert, "handle_chinese_chars") ?? true,
                Json.Flag(bert, "strip_accents"),
                Json.Flag(bert, "lowercase") ?? true);
        }

        if (Kind(root, "normalizer") != "absent")
            errors.Add($"{where} normalizer", $"is {Kind(root, "normalizer")} where BertNormalizer is expected", Fix);
        return NormalizerSettings.None;
    }

    private static Dictionary<string, int> ReadVocabulary(JsonElement model, string where, InputErrors errors)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        if (Json.Object(model, "vocab") is not { } entries)
        {
            errors.Add($"{where} model.vocab", "is no object of tokens and ids", Again);
            return vocabulary;
        }

        foreach (var entry in entries.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out var id) && id >= 0)
                vocabulary[entry.Name] = id;
            else
                errors.Add($"{where} model.vocab[{JsonEncodedText.Encode(entry.Name)}]", "has no whole number from 0 as its id", Again);
        }

        return vocabulary;
    }

    private static int ReadWordLimit(JsonElement model, string where, InputErrors errors)
    {
        var limit = Json.Number(model, "max_input_chars_per_word") ?? 100;
        if (limit is < 1 or > LongestWord)
            errors.Add($"{where} model.max_input_chars_per_word", $"is {limit} where 1 to {LongestWord} is expected", "set it to 100, as BERT has it");
        return limit;
    }

    /// <summary>The added tokens. Their ids are counted as Hugging Face counts them, which does not read the ids that the file states.</summary>
    private static List<AddedToken> ReadAdded(JsonElement root, Dictionary<string, int> vocabulary)
    {
        var tokens = new List<AddedToken>();
        var next = vocabulary.Count;
        foreach (var entry in Json.Array(root, "added_tokens"))
        {
            if (Json.Text(entry, "content") is not { Length: > 0 } content || tokens.Any(token => token.Content == content))
                continue;
            if (!vocabulary.TryGetValue(content, out var id))
                id = next;
            next = Math.Max(next, id + 1);
            tokens.Add(new AddedToken(
                id,
                content,
                Json.Flag(entry, "special") ?? false,
                Json.Flag(entry, "single_word") ?? false,
                Json.Flag(entry, "normalized") ?? false,
                Json.Flag(entry, "lstrip") ?? false,
                Json.Flag(entry, "rstrip") ?? false));
        }

        return tokens;
    }

    /// <summary>What stands under a name, for a message.</summary>
    private static string Kind(JsonElement root, string name) =>
        Json.Object(root, name) is { } value ? Json.Text(value, "type") ?? "of no known type" : "absent";
}
