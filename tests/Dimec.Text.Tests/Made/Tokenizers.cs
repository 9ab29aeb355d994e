using System.Globalization;
using System.Text.Json.Nodes;

namespace Dimec.Text.Tests.Made;

/// <summary>Tokenizers for tests.</summary>
internal static class Tokenizers
{
    public static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>The reference checkpoint's; skips where it is absent.</summary>
    public static WordPieceTokenizer MiniLm()
    {
        using var stream = File.OpenRead(Repository.RequireShared("models", "all-MiniLM-L6-v2", "tokenizer.json"));
        return WordPieceTokenizer.FromTokenizerJson(stream);
    }

    /// <summary>One whose vocabulary is every letter, mark and symbol by itself, so that ids show all that the normaliser did.</summary>
    public static WordPieceTokenizer Glass(JsonObject normalizer)
    {
        var points = Enumerable.Range(0x21, 0x30000)
            .Where(c => c is < 0xD800 or > 0xDFFF && IsVisible(c))
            .Select(char.ConvertFromUtf32)
            .ToList();
        return FromJson(Json([.. Special, .. points, .. points.Select(point => "##" + point)], normalizer));
    }

    /// <summary>A small one; <paramref name="tokens"/> follow the special tokens.</summary>
    public static WordPieceTokenizer Small(params string[] tokens) => FromJson(Json([.. Special, .. tokens], []));

    public static WordPieceTokenizer FromJson(JsonNode json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
        return WordPieceTokenizer.FromTokenizerJson(stream);
    }

    public static JsonObject Json(IReadOnlyList<string> vocabulary, JsonObject normalizer)
    {
        var bert = new JsonObject
        {
            ["type"] = "BertNormalizer",
            ["clean_text"] = true,
            ["handle_chinese_chars"] = true,
            ["strip_accents"] = null,
            ["lowercase"] = true,
        };
        foreach (var (name, value) in normalizer)
            bert[name] = value?.DeepClone();
        return new JsonObject
        {
            ["added_tokens"] = new JsonArray(
                [.. Special.Select((token, id) => (JsonNode)new JsonObject { ["id"] = id, ["content"] = token, ["special"] = true })]),
            ["normalizer"] = bert,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
            ["post_processor"] = new JsonObject
            {
                ["type"] = "BertProcessing",
                ["sep"] = new JsonArray("[SEP]", 3),
                ["cls"] = new JsonArray("[CLS]", 2),
            },
            ["model"] = new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["vocab"] = new JsonObject(vocabulary.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
            },
        };
    }

    private static bool IsVisible(int c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse) || c % 37 == 0;
}
