using System.Text;
using System.Text.Json.Nodes;

namespace Dimec.Text.Tests.Tokenization.Files;

/// <summary>Against Hugging Face's own library on files that say unusual things; both read the same file.</summary>
public sealed class OddTokenizerFilesTests(HuggingFaceTokenizers huggingFace) : IClassFixture<HuggingFaceTokenizers>
{
    private static readonly string[] s_texts =
    [
        "", "a", "A b", " a  <url> b ", "a<url>b", "<URL>a", "x<url>", "<url><url>", "a [WORLD]b", "[world] a", "ab abc bab", "abcabc",
        "É é e\u0301", "[MASK]", "[mask] [CLS]", "a\u4e00b", "New York", "new  york", "newyork new york",
        "a_<url>", "<url>1 <url>", "\u00a0<url>\u3000b", "##a ab##", "ca fé", "CAFÉ café cafe",
    ];

    public static TheoryData<string, string> Files => new()
    {
        { "added", """[{"content":"<url>"},{"content":"[WORLD]","special":true,"normalized":false}]""" },
        { "added", """[{"content":"<url>","normalized":false,"single_word":true}]""" },
        { "added", """[{"content":"<url>","normalized":true,"lstrip":true,"rstrip":true,"single_word":true}]""" },
        { "added", """[{"content":"<URL>","normalized":true},{"content":"New York","normalized":true,"single_word":true},{"content":"new","normalized":false}]""" },
        {
            "added",
            """[{"content":"<url>","normalized":false},{"content":"b"},{"content":"<url>","normalized":true,"single_word":true}]"""
        },
        { "added", """[{"content":"ab"},{"content":"abc","normalized":false},{"content":""},{"content":"CAFÉ"}]""" },
        {
            "added",
            """[{"content":"a","special":true,"normalized":false,"lstrip":true},{"content":"##a"},{"content":"[CLS]","normalized":true}]"""
        },
        { "model", """{"continuing_subword_prefix":""}""" },
        { "model", """{"continuing_subword_prefix":"a"}""" },
        { "model", """{"max_input_chars_per_word":2}""" },
        { "model", """{"unk_token":"b"}""" },
        { "root", """{"normalizer":null}""" },
        { "root", """{"truncation":{"direction":"Right","max_length":4,"strategy":"OnlyFirst","stride":1},"padding":{"strategy":{"Fixed":9},"direction":"Left","pad_to_multiple_of":null,"pad_id":0,"pad_type_id":0,"pad_token":"[PAD]"}}""" },
        { "root", """{"post_processor":{"type":"BertProcessing","sep":["[SEP]",4],"cls":["[CLS]",3]}}""" },
        { "root", """{"post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"S","type_id":1}},{"Sequence":{"id":"A","type_id":0}}],"pair":[{"Sequence":{"id":"B","type_id":1}},{"SpecialToken":{"id":"[SEP]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"S","type_id":1}}],"special_tokens":{"S":{"id":"S","ids":[2,7,2],"tokens":["[CLS]","b","[CLS]"]},"[SEP]":{"id":"[SEP]","ids":[9],"tokens":["[SEP]"]}}}}""" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void An_odd_file_gives_the_same_ids(string part, string change)
    {
        var json = Json();
        if (part == "added")
        {
            foreach (var token in JsonNode.Parse(change)!.AsArray())
                json["added_tokens"]!.AsArray().Add(Complete(token!.AsObject()));
        }
        else
        {
            foreach (var (key, value) in JsonNode.Parse(change)!.AsObject())
                (part == "root" ? json : json["model"]!)[key] = value?.DeepClone();
        }

        EncodeRequest[] requests = [.. from text in s_texts
                                       from pair in new string?[] { null, "b <url>a" }
                                       select new EncodeRequest(text, pair, 64)];
        var bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
        var expected = huggingFace.Encode(bytes, requests);
        var tokenizer = WordPieceTokenizer.FromTokenizerJson(new MemoryStream(bytes));
        using var written = new MemoryStream();
        tokenizer.WriteTokenizerJson(written);

        var again = WordPieceTokenizer.FromTokenizerJson(new MemoryStream(written.ToArray()));
        Assert.All(requests.Zip(expected), item =>
        {
            foreach (var ours in new[] { tokenizer, again })
            {
                var encoding = ours.Encode(item.First.Text, item.First.Pair, item.First.MaxLength);
                Assert.Equal(
                    (item.First, string.Join(' ', item.Second.Ids), string.Join(' ', item.Second.TypeIds)),
                    (item.First, string.Join(' ', encoding.Ids), string.Join(' ', encoding.TypeIds)));
            }
        });
    }

    [Theory]
    [InlineData("""{"[WORLD]":10,"<url>":11}""", null, null)]
    [InlineData(null, """{"do_lower_case":false,"added_tokens_decoder":{"10":{"content":"<url>","normalized":true,"single_word":true},"11":{"content":"New York","lstrip":true,"rstrip":true,"normalized":false},"12":{"content":"[WORLD]","special":true}}}""", null)]
    [InlineData(
        null, """{"strip_accents":false,"mask_token":{"content":"[MASK]","normalized":true,"lstrip":true}}""",
        """{"additional_special_tokens":["<url>","CAFÉ"]}""")]
    public void What_files_beside_a_vocabulary_add_is_the_same_when_it_is_written(string? added, string? config, string? map)
    {
        var tokenizer = WordPieceTokenizer.FromFiles(new TokenizerFileSet
        {
            Vocabulary = Encoding.UTF8.GetBytes(string.Join('\n', [.. Tokenizers.Special, "a", "b", "##a", "ab", "##b"])),
            AddedTokens = Encoding.UTF8.GetBytes(added ?? ""),
            TokenizerConfig = Encoding.UTF8.GetBytes(config ?? ""),
            SpecialTokensMap = Encoding.UTF8.GetBytes(map ?? ""),
        });
        EncodeRequest[] requests = [.. s_texts.Select(text => new EncodeRequest(text, null, 64))];
        Assert.All(requests.Zip(huggingFace.Encode(tokenizer, requests)), item =>
            Assert.Equal(
                (item.First.Text, string.Join(' ', item.Second.Ids)),
                (item.First.Text, string.Join(' ', tokenizer.Encode(item.First.Text, null, 64).Ids))));
    }

    private static JsonObject Json()
    {
        var json = Tokenizers.Json(
            [
                .. Tokenizers.Special, "a", "b", "c", "##a", "##b", "##c", "ab", "é", "e", "<", ">", "url", "new", "york", "cafe", "\u4e00",
                "#", "_", "A", "É",
            ], []);
        json["version"] = "1.0";
        json["added_tokens"] = new JsonArray([.. json["added_tokens"]!.AsArray().Select(token => Complete(token!.AsObject()))]);
        json["model"]!["continuing_subword_prefix"] = "##";
        json["model"]!["max_input_chars_per_word"] = 100;
        return json;
    }

    /// <summary>Hugging Face's library reads no token that lacks an id or a flag.</summary>
    private static JsonObject Complete(JsonObject token)
    {
        var complete = new JsonObject { ["id"] = 0, ["content"] = (string)token["content"]! };
        foreach (var flag in (string[])["single_word", "lstrip", "rstrip", "normalized", "special"])
            complete[flag] = (bool?)token[flag] ?? false;
        return complete;
    }
}
