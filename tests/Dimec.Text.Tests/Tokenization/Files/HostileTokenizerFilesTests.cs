using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Dimec.Text.Tests.Tokenization.Files;

/// <summary>Whatever stands in a tokenizer's files, a tokenizer comes of it that encodes, or a sentence says what is wrong.</summary>
public sealed class HostileTokenizerFilesTests
{
    private const string Template =
        """{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}],"pair":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}},{"Sequence":{"id":"B","type_id":1}},{"SpecialToken":{"id":"[SEP]","type_id":1}}],"special_tokens":{"[CLS]":{"id":"[CLS]","ids":[2],"tokens":["[CLS]"]},"[SEP]":{"id":"[SEP]","ids":[3],"tokens":["[SEP]"]}}}""";

    private const string Config =
        """{"do_lower_case":true,"strip_accents":null,"tokenize_chinese_chars":true,"clean_text":true,"wordpieces_prefix":"##","tokenizer_class":"BertTokenizer","never_split":[],"do_basic_tokenize":true,"split_special_tokens":false,"truncation_side":"right","model_max_length":512,"unk_token":"[UNK]","sep_token":{"content":"[SEP]","lstrip":false,"normalized":false,"rstrip":false,"single_word":false},"pad_token":"[PAD]","cls_token":"[CLS]","mask_token":"[MASK]","additional_special_tokens":["<x>"],"extra_special_tokens":{},"added_tokens_decoder":{"0":{"content":"[PAD]","special":true},"8":{"content":"<x>","special":true,"normalized":false}}}""";

    private const string Map =
        """{"unk_token":"[UNK]","cls_token":{"content":"[CLS]","lstrip":false,"normalized":false,"rstrip":false,"single_word":false},"additional_special_tokens":["<x>"]}""";

    [Fact]
    public void No_value_in_a_tokenizer_json_escapes_as_another_exception()
    {
        foreach (var json in JsonDamage.Each(Json().ToJsonString()))
            EncodesOrSays(new TokenizerFileSet { TokenizerJson = Encoding.UTF8.GetBytes(json) });
    }

    [Fact]
    public void No_value_beside_a_tokenizer_escapes_as_another_exception()
    {
        var vocabulary = Encoding.UTF8.GetBytes(string.Join('\n', [.. Tokenizers.Special, "a", "b", "##a"]));
        foreach (var files in new[]
        {
            new TokenizerFileSet { Vocabulary = vocabulary },
            new TokenizerFileSet { TokenizerJson = Encoding.UTF8.GetBytes(Json().ToJsonString()) },
        })
        {
            foreach (var json in JsonDamage.Each(Config))
                EncodesOrSays(files with { TokenizerConfig = Encoding.UTF8.GetBytes(json) });
            foreach (var json in JsonDamage.Each(Map))
                EncodesOrSays(files with { SpecialTokensMap = Encoding.UTF8.GetBytes(json) });
            foreach (var json in JsonDamage.Each("""{"<x>":8,"[PAD]":0}"""))
                EncodesOrSays(files with { AddedTokens = Encoding.UTF8.GetBytes(json) });
        }
    }

    [Fact]
    public void No_values_together_escape_as_another_exception() => Gen.Select(Gen.Int, Gen.Int[1, 4]).Sample(
        (seed, changes) => EncodesOrSays(new TokenizerFileSet
        {
            TokenizerJson = Encoding.UTF8.GetBytes(JsonDamage.Some(Json().ToJsonString(), seed, changes)),
            TokenizerConfig = Encoding.UTF8.GetBytes(JsonDamage.Some(Config, seed + 1, changes / 3)),
        }),
        iter: 2000);

    [Theory]
    [InlineData(
        "ids", """["x"]""", "post_processor.special_tokens[[CLS]]: does not list as many ids, whole numbers from 0, as tokens, texts")]
    [InlineData("ids", """[-1]""", "post_processor.special_tokens[[CLS]]: does not list as many ids")]
    [InlineData("ids", """[2,3]""", "post_processor.special_tokens[[CLS]]: does not list as many ids")]
    [InlineData("tokens", """[2]""", "post_processor.special_tokens[[CLS]]: does not list as many ids")]
    [InlineData("ids", "2", "post_processor.special_tokens[[CLS]].ids: is 2 where an array is expected")]
    public void A_special_token_of_a_template_has_ids_and_texts(string key, string value, string expected)
    {
        var json = Json();
        json["post_processor"]!["special_tokens"]!["[CLS]"]![key] = JsonNode.Parse(value);
        Assert.Contains($"tokenizer.json {expected}", Refused(json).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "single", """[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"A","type_id":0}}]""",
        "post_processor.single: places the first text twice and the second not at all, "
        + "where the first is to stand once and the second not at all")]
    [InlineData(
        "single", """[{"Sequence":{"id":"B","type_id":0}}]""",
        "post_processor.single: places the first text not at all and the second once")]
    [InlineData(
        "pair", """[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":0}},{"Sequence":{"id":"A","type_id":0}}]""",
        "post_processor.pair: places the first text twice and the second once, where each is to stand once")]
    [InlineData("pair", "[]", "post_processor.pair: places the first text not at all and the second not at all")]
    [InlineData(
        "single", """[{"Sequence":{"id":"C","type_id":0}}]""",
        "post_processor.single[0].Sequence.id: is \"C\" where \"A\" or \"B\" is expected")]
    [InlineData(
        "single", """[{"Sequence":{"id":"A","type_id":-1}}]""",
        "post_processor.single[0].Sequence.type_id: is -1 where a whole number from 0 is expected")]
    [InlineData(
        "single", """[{"Text":{}},{"Sequence":{"id":"A","type_id":0}}]""",
        "post_processor.single[0]: is neither a Sequence nor a SpecialToken")]
    [InlineData("single", """["$A"]""", "post_processor.single[0]: is neither a Sequence nor a SpecialToken")]
    public void A_template_places_each_text_once(string key, string value, string expected)
    {
        var json = Json();
        json["post_processor"]![key] = JsonNode.Parse(value);
        Assert.Contains($"tokenizer.json {expected}", Refused(json).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("normalizer", "\"abc\"", "normalizer: is \"abc\" where BertNormalizer is expected")]
    [InlineData("normalizer", """{"type":"Sequence","normalizers":[]}""", "normalizer: is Sequence where BertNormalizer is expected")]
    [InlineData(
        "normalizer", """{"type":"BertNormalizer","lowercase":"true"}""",
        "normalizer.lowercase: is \"true\" where true or false is expected")]
    [InlineData("pre_tokenizer", "null", "pre_tokenizer: is absent where BertPreTokenizer is expected")]
    [InlineData("pre_tokenizer", """{"type":"Whitespace"}""", "pre_tokenizer: is Whitespace where BertPreTokenizer is expected")]
    [InlineData(
        "post_processor", """{"type":"RobertaProcessing"}""",
        "post_processor: is RobertaProcessing where TemplateProcessing or BertProcessing is expected")]
    [InlineData(
        "post_processor", """{"type":"BertProcessing","cls":["[CLS]","2"],"sep":["[SEP]",3]}""",
        "post_processor.cls: is no array of a token and its id")]
    [InlineData("model", """{"type":"Unigram","vocab":[]}""", "model: is Unigram where WordPiece is expected")]
    [InlineData("version", "\"2.0\"", "version: is \"2.0\" where \"1.0\" is expected")]
    [InlineData("added_tokens", "[1]", "added_tokens[0]: is no object")]
    [InlineData("added_tokens", "[{\"id\":1}]", "added_tokens[0]: has no content")]
    [InlineData("added_tokens", "[{\"content\":\"x\",\"special\":1}]", "added_tokens[0].special: is 1 where true or false is expected")]
    [InlineData(
        "added_tokens", "[{\"content\":\"X\",\"normalized\":true},{\"content\":\"x\",\"normalized\":true}]",
        "added_tokens: has the added tokens \"X\" and \"x\", which are the same when texts are normalised")]
    [InlineData("truncation", """{"direction":"Left"}""", "truncation: cuts long texts on the side Left")]
    public void What_is_not_done_here_is_refused(string key, string value, string expected)
    {
        var json = Json();
        json[key] = JsonNode.Parse(value);
        Assert.Contains($"tokenizer.json {expected}", Refused(json).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_has_room_above_it()
    {
        var json = Json();
        json["model"]!["vocab"]!["z"] = int.MaxValue;
        Assert.Contains(
            "tokenizer.json model.vocab.z: has no whole number from 0 as its id", Refused(json).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_UTF8_is_refused_with_its_line()
    {
        var good = Json().ToJsonString();
        Assert.Contains(
            "tokenizer.json line 2: holds an escape sequence that is half a character",
            Refused(Encoding.UTF8.GetBytes("\n" + good.Replace("\"a\"", "\"\\ud800\"", StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes("\n" + good);
        bytes[bytes.AsSpan().IndexOf("##a"u8)] = 0xFF;
        Assert.Contains("tokenizer.json line 2: holds bytes that are not UTF-8", Refused(bytes).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is a Git LFS pointer", Refused([.. "version https://git-lfs.github.com/spec/v1\noid sha256:5\nsize 4\n"u8]).Message,
            StringComparison.Ordinal);
    }

    private static JsonObject Json()
    {
        var json = Tokenizers.Json([.. Tokenizers.Special, "a", "b", "##a"], []);
        json["version"] = "1.0";
        json["truncation"] = new JsonObject { ["direction"] = "Right", ["max_length"] = 4 };
        json["padding"] = null;
        json["post_processor"] = JsonNode.Parse(Template);
        json["model"]!["continuing_subword_prefix"] = "##";
        json["model"]!["max_input_chars_per_word"] = 100;
        return json;
    }

    private static InputException Refused(JsonObject json) => Refused(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static InputException Refused(byte[] json) =>
        Assert.Throws<InputException>(() => WordPieceTokenizer.FromTokenizerJson(new MemoryStream(json)));

    private static void EncodesOrSays(TokenizerFileSet files)
    {
        try
        {
            var tokenizer = WordPieceTokenizer.FromFiles(files);
            foreach (var encoding in new[] { tokenizer.Encode("A <x> ba [SEP]", null, 64), tokenizer.Encode("a b a b a", "b a <x>", 64) })
            {
                Assert.All(encoding.Ids, id => Assert.InRange(id, 0, tokenizer.VocabularySize - 1));
                Assert.All(encoding.TypeIds, type =>
                    Assert.InRange(type, 0, Math.Max(tokenizer.TypeCount(pair: true), tokenizer.TypeCount(pair: false)) - 1));
            }
        }
        catch (InputException exception)
        {
            Assert.DoesNotContain(exception.Errors, error => string.IsNullOrEmpty(error.Problem));
        }
    }
}
