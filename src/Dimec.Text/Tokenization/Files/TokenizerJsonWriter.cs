using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dimec.Text.Tokenization.Files;

/// <summary>Writes a <c>tokenizer.json</c> that Hugging Face's tokenizers loads.</summary>
internal static class TokenizerJsonWriter
{
    public static void Write(TokenizerSettings settings, Stream output)
    {
        using var json = new Utf8JsonWriter(
            output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAddedTokens(settings, json);
        WriteNormalizer(settings, json);
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "BertPreTokenizer");
        json.WriteEndObject();
        WritePostProcessor(settings, json);
        json.WriteStartObject("decoder");
        json.WriteString("type", "WordPiece");
        json.WriteString("prefix", settings.ContinuationPrefix);
        json.WriteBoolean("cleanup", true);
        json.WriteEndObject();
        WriteModel(settings, json);
        json.WriteEndObject();
    }

    private static void WriteAddedTokens(TokenizerSettings settings, Utf8JsonWriter json)
    {
        json.WriteStartArray("added_tokens");
        foreach (var token in settings.AddedTokens)
        {
            json.WriteStartObject();
            json.WriteNumber("id", token.Id);
            json.WriteString("content", token.Content);
            json.WriteBoolean("single_word", token.SingleWord);
            json.WriteBoolean("lstrip", token.StripLeft);
            json.WriteBoolean("rstrip", token.StripRight);
            json.WriteBoolean("normalized", token.Normalized);
            json.WriteBoolean("special", token.Special);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNormalizer(TokenizerSettings settings, Utf8JsonWriter json)
    {
        json.WriteStartObject("normalizer");
        json.WriteString("type", "BertNormalizer");
        json.WriteBoolean("clean_text", settings.Normalizer.CleanText);
        json.WriteBoolean("handle_chinese_chars", settings.Normalizer.HandleChineseChars);
        if (settings.Normalizer.StripAccents is { } strip)
            json.WriteBoolean("strip_accents", strip);
        else
            json.WriteNull("strip_accents");
        json.WriteBoolean("lowercase", settings.Normalizer.Lowercase);
        json.WriteEndObject();
    }

    private static void WritePostProcessor(TokenizerSettings settings, Utf8JsonWriter json)
    {
        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        WritePieces("single", settings.Template.Single, json);
        WritePieces("pair", settings.Template.Pair, json);
        json.WriteStartObject("special_tokens");
        foreach (var token in settings.Template.Single
            .Concat(settings.Template.Pair)
            .Select(piece => piece.Special)
            .OfType<SpecialToken>()
            .DistinctBy(token => token.Content))
        {
            json.WriteStartObject(token.Content);
            json.WriteString("id", token.Content);
            json.WriteStartArray("ids");
            json.WriteNumberValue(token.Id);
            json.WriteEndArray();
            json.WriteStartArray("tokens");
            json.WriteStringValue(token.Content);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePieces(string name, IReadOnlyList<TemplatePiece> pieces, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var piece in pieces)
        {
            json.WriteStartObject();
            json.WriteStartObject(piece.Special is null ? "Sequence" : "SpecialToken");
            json.WriteString("id", piece.Special?.Content ?? (piece.IsPair ? "B" : "A"));
            json.WriteNumber("type_id", piece.TypeId);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteModel(TokenizerSettings settings, Utf8JsonWriter json)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "WordPiece");
        json.WriteString("unk_token", settings.UnknownToken);
        json.WriteString("continuing_subword_prefix", settings.ContinuationPrefix);
        json.WriteNumber("max_input_chars_per_word", settings.MaxCodePointsPerWord);
        json.WriteStartObject("vocab");
        foreach (var (token, id) in settings.Vocabulary.OrderBy(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteNumber(token, id);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
