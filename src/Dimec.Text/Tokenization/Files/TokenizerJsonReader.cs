using System.Globalization;
using System.Text.Json;
using Dimec.Json;
using Dimec.Text.Tokenization.Normalization;

namespace Dimec.Text.Tokenization.Files;

/// <summary>
/// Reads a <c>tokenizer.json</c> of Hugging Face's tokenizers. What of it would change the ids and is not done
/// here is refused, never left out.
/// </summary>
internal static class TokenizerJsonReader
{
    private const string Fix = "use a checkpoint of the BERT family with a WordPiece tokenizer";
    private const int LongestWord = 10_000;
    private const string Again = "copy the checkpoint's tokenizer.json again";

    public static TokenizerSettings Read(ReadOnlyMemory<byte> utf8, string where)
    {
        using var document = JsonInput.ParseObject(utf8, where, Again);
        var errors = new InputErrors();
        var root = JsonKeys.Of(document, where, Again, errors);
        if (root.Text("version") is { } version and not "1.0")
            root.Add("version", $"is \"{version}\" where \"1.0\" is expected", Fix);
        if (root.Object("truncation")?.Text("direction") is { } direction and not "Right")
        {
            root.Add(
                "truncation", $"cuts long texts on the side {direction}, where they are always cut at their end here",
                "set its direction to \"Right\" if that may be, or use another checkpoint");
        }

        var model = ReadModel(root);
        var vocabulary = ReadVocabulary(model);
        var normalizer = ReadNormalizer(root);
        if (Kind(root, "pre_tokenizer") is var cutter and not "BertPreTokenizer")
            root.Add("pre_tokenizer", $"is {cutter} where BertPreTokenizer is expected", Fix);
        var added = ReadAdded(root, vocabulary, normalizer, errors, out var misstated);
        var settings = new TokenizerSettings(
            vocabulary,
            model.Text("unk_token") ?? "[UNK]",
            model.Text("continuing_subword_prefix") ?? "##",
            ReadWordLimit(model),
            normalizer,
            added,
            new EncodingTemplate([], []))
        {
            Notes = misstated,
        };
        if (!settings.Vocabulary.ContainsKey(settings.UnknownToken))
            errors.Add($"{where} model.vocab", $"lacks the unknown token {settings.UnknownToken}", Again);
        var template = PostProcessorReader.Read(root, settings);
        errors.ThrowIfAny();
        return settings with { Template = template };
    }

    private static JsonKeys ReadModel(JsonKeys root)
    {
        // Files of the first versions do not name the model's type; only WordPiece has the prefix.
        if (root.Item("model") is { IsObject: true, Keys: var model }
            && (model.Item("type")?.Text == "WordPiece" || (!model.Has("type") && model.Has("continuing_subword_prefix"))))
            return model;
        throw new InputException(root.PlaceOf("model"), $"is {Kind(root, "model")} where WordPiece is expected", Fix);
    }

    private static NormalizerSettings ReadNormalizer(JsonKeys root)
    {
        const string Name = "normalizer";
        var kind = Kind(root, Name);
        if (kind == "BertNormalizer" && root.Object(Name) is { } bert)
        {
            return new NormalizerSettings(
                bert.Flag("clean_text") ?? true,
                bert.Flag("handle_chinese_chars") ?? true,
                bert.Flag("strip_accents"),
                bert.Flag("lowercase") ?? true);
        }

        if (root.Has(Name))
            root.Add(Name, $"is {kind} where BertNormalizer is expected", Fix);
        return NormalizerSettings.None;
    }

    private static Dictionary<string, int> ReadVocabulary(JsonKeys model)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        if (model.Item("vocab") is not { IsObject: true } entries)
        {
            model.Add("vocab", "is no object of tokens and ids");
            return vocabulary;
        }

        foreach (var entry in entries.Element.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out var id) && id is >= 0 and < int.MaxValue)
                vocabulary[entry.Name] = id;
            else
                entries.Keys.Add(entry.Name, "has no whole number from 0 as its id");
        }

        return vocabulary;
    }

    private static int ReadWordLimit(JsonKeys model)
    {
        var limit = model.Number("max_input_chars_per_word") ?? 100;
        if (limit is < 1 or > LongestWord)
            model.Add("max_input_chars_per_word", $"is {limit} where 1 to {LongestWord} is expected", "set it to 100, as BERT has it");
        return limit;
    }

    /// <summary>
    /// The added tokens. Their ids are counted as Hugging Face counts them, which does not read the ids that the file states.
    /// </summary>
    private static IReadOnlyList<AddedToken> ReadAdded(
        JsonKeys root, Dictionary<string, int> vocabulary, NormalizerSettings normalizer, InputErrors errors,
        out IReadOnlyList<string> misstated)
    {
        const string Name = "added_tokens";
        var notes = new List<string>();
        var list = new AddedTokenList(vocabulary, errors);
        foreach (var item in root.Array(Name))
        {
            if (!item.IsObject)
            {
                item.Keys.AddHere("is no object");
                continue;
            }

            var stated = item.Keys.Number("id");
            if (AddedTokenReader.Read(item.Keys, special: false, normalized: false) is { } token
                && list.Add(token, root.PlaceOf(Name)) is >= 0 and var id && stated is not null && stated != id)
            {
                notes.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{root.PlaceOf(Name)} gives \"{token.Content}\" the id {stated}, "
                    + $"and it gets {id}, as Hugging Face's library counts it."));
            }
        }

        misstated = notes;

        var bert = new BertNormalizer(normalizer);
        list.RefuseAlike(content => bert.Normalize(content), root.PlaceOf(Name));
        return list.Tokens;
    }

    /// <summary>What stands under a name, for a message.</summary>
    private static string Kind(JsonKeys root, string name) => root.Item(name) switch
    {
        null => "absent",
        { IsObject: true, Keys: var keys } => keys.Item("type")?.Text ?? "of no known type",
        { Element: var other } => JsonItem.Describe(other),
    };
}
