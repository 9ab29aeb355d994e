using System.Text;
using System.Text.Json.Nodes;

namespace Dimec.Text.Tests.Tokenization.Files;

/// <summary>What the files beside a vocabulary or a tokenizer.json add to it, and where they contradict it.</summary>
public sealed class TokenizerSetTests
{
    private static readonly string[] s_vocabulary = [.. Tokenizers.Special, "a", "b", "##a", "<", ">", "url", "##url"];

    [Theory]
    [InlineData(null, """{"[WORLD]":12,"<url>":13}""", null)]
    [InlineData("""{"added_tokens_decoder":{"13":{"content":"<url>","special":false,"normalized":true},"12":{"content":"[WORLD]","special":true,"normalized":false}}}""", null, null)]
    [InlineData(
        """{"added_tokens_decoder":{"0":{"content":"[PAD]","special":true},"13":{"content":"<url>"},"12":{"content":"[WORLD]","special":true}}}""",
        """{"[WORLD]":12,"<url>":13}""", """{"pad_token":"[PAD]"}""")]
    [InlineData("""{"additional_special_tokens":["[WORLD]","<url>"]}""", null, null)]
    [InlineData(null, """{"[WORLD]":12}""", """{"additional_special_tokens":["[WORLD]",{"content":"<url>"}]}""")]
    [InlineData("""{"extra_special_tokens":{"world_token":"[WORLD]","url_token":"<url>"}}""", null, null)]
    public void Added_tokens_beside_a_vocabulary_get_the_ids_after_it(string? config, string? added, string? map)
    {
        var tokenizer = WordPieceTokenizer.FromFiles(Bare(config, added, map));
        Assert.Equal([2, 5, 12, 13, 6, 3], tokenizer.Encode("a [WORLD]<url>b", null, 16).Ids);
        Assert.Equal((14, "[WORLD] <url>"), (tokenizer.VocabularySize, string.Join(' ', tokenizer.TokensFrom(12))));

        using var written = new MemoryStream();
        tokenizer.WriteTokenizerJson(written);
        Assert.Equal(
            [2, 5, 12, 13, 6, 3],
            WordPieceTokenizer.FromTokenizerJson(new MemoryStream(written.ToArray())).Encode("a [WORLD]<url>b", null, 16).Ids);
    }

    [Fact]
    public void A_token_that_gets_no_sure_id_is_said_of_the_file_that_names_it()
    {
        var json = Tokenizers.Json(s_vocabulary, []);
        json["model"]!["vocab"]!["b"] = 70;
        var wrong = Assert.Throws<InputException>(() => WordPieceTokenizer.FromFiles(new TokenizerFileSet
        {
            Folder = "made",
            TokenizerJson = Encoding.UTF8.GetBytes(json.ToJsonString()),
            SpecialTokensMap = """{"additional_special_tokens":["<new>"]}"""u8.ToArray(),
        }));
        Assert.StartsWith(
            $"{Path.Combine("made", "special_tokens_map.json")}: adds \"<new>\"", Assert.Single(wrong.Errors).ToString(),
                StringComparison.Ordinal);
    }

    [Fact]
    public void Very_many_added_tokens_are_read_in_the_time_of_their_length()
    {
        var added = string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"<t{i}>\":{12 + i}"));
        var map = string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"<t{i}>\""));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var tokenizer = WordPieceTokenizer.FromFiles(Bare(null, $"{{{added}}}", $"{{\"additional_special_tokens\":[{map}]}}"));
        Assert.Equal(60_012, tokenizer.VocabularySize);
        // A second or two; with the square of their number minutes.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }

    [Theory]
    [InlineData(null, """{"<url>":12}""", "<URL>", 12)]
    [InlineData("""{"added_tokens_decoder":{"12":{"content":"<url>","normalized":false}}}""", null, "<url>", 12)]
    [InlineData("""{"added_tokens_decoder":{"12":{"content":"<url>","normalized":false}}}""", null, "<URL>", 8)]
    [InlineData("""{"added_tokens_decoder":{"12":{"content":"<url>","normalized":true,"single_word":true}}}""", null, "a<url>", 8)]
    [InlineData("""{"mask_token":{"content":"[MASK]","normalized":true,"special":true}}""", null, "[mask]", 1)]
    public void Their_flags_hold(string? config, string? added, string text, int id) =>
        Assert.Contains(id, WordPieceTokenizer.FromFiles(Bare(config, added)).Encode(text, null, 16).Ids);

    [Theory]
    [InlineData(null, """{"<url>":13}""", null, "added_tokens.json: gives \"<url>\" the id 13, where it gets 12")]
    [InlineData(null, """{"[CLS]":7}""", null, "added_tokens.json: gives \"[CLS]\" the id 7, where it gets 2")]
    [InlineData(null, """{"<url>":"12"}""", null, "added_tokens.json [<url>]: is \"12\" where a whole number from 0 is expected")]
    [InlineData(null, """[]""", null, "added_tokens.json: is not a JSON object")]
    [InlineData(
        """{"added_tokens_decoder":{"7":{"content":"<url>"}}}""", null, null,
        "tokenizer_config.json added_tokens_decoder: gives \"<url>\" the id 7, where it gets 12")]
    [InlineData(
        """{"added_tokens_decoder":{"x":{"content":"<url>"}}}""", null, null, "tokenizer_config.json added_tokens_decoder.x: is no id")]
    [InlineData(
        """{"added_tokens_decoder":{"12":{"content":"<url>"}}}""", """{"<url>":12,"<more>":13}""", null,
        "added_tokens.json: adds \"<more>\", which tokenizer_config.json does not")]
    [InlineData(
        """{"cls_token":"[CLS]"}""", null, """{"cls_token":"[SEP]"}""",
        "tokenizer_config.json cls_token: is \"[CLS]\" where special_tokens_map.json has \"[SEP]\"")]
    [InlineData(
        """{"do_lower_case":"false"}""", null, null, "tokenizer_config.json do_lower_case: is \"false\" where true or false is expected")]
    [InlineData("""{"unk_token":5}""", null, null, "tokenizer_config.json unk_token: is 5 where a token is expected")]
    [InlineData("""{"do_basic_tokenize":false}""", null, null, "tokenizer_config.json do_basic_tokenize: is false")]
    [InlineData("""{"never_split":["<url>"]}""", null, null, "tokenizer_config.json never_split: names tokens that are never split")]
    [InlineData("""{"split_special_tokens":true}""", null, null, "tokenizer_config.json split_special_tokens: is true")]
    [InlineData("""{"truncation_side":"left"}""", null, null, "tokenizer_config.json truncation_side: is \"left\"")]
    [InlineData(
        """{"wordpieces_prefix":"@@"}""", null, null, "tokenizer_config.json wordpieces_prefix: is \"@@\" where vocab.txt has \"##\"")]
    [InlineData(
        """{"tokenizer_class":"BertJapaneseTokenizer"}""", null, null,
        "tokenizer_config.json tokenizer_class: is \"BertJapaneseTokenizer\", which may cut words otherwise than BertTokenizer does")]
    public void What_contradicts_a_vocabulary_is_refused(string? config, string? added, string? map, string expected) =>
        Assert.Contains(expected, Refused(Bare(config, added, map)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_class_that_the_models_config_names_counts_where_the_tokenizers_names_none()
    {
        var files = Bare("{}") with { ClassName = "BertJapaneseTokenizer" };
        Assert.Contains("config.json tokenizer_class: is \"BertJapaneseTokenizer\"", Refused(files).Message, StringComparison.Ordinal);
        _ = WordPieceTokenizer.FromFiles(files with { TokenizerConfig = """{"tokenizer_class":"BertTokenizerFast"}"""u8.ToArray() });
    }

    [Theory]
    [InlineData("""{"do_lower_case":false}""", "tokenizer_config.json do_lower_case: is false where tokenizer.json has lowercase true")]
    [InlineData(
        """{"do_lower_case":true,"strip_accents":false}""",
        "tokenizer_config.json strip_accents: is false where tokenizer.json has strip_accents true")]
    [InlineData(
        """{"tokenize_chinese_chars":false}""",
        "tokenizer_config.json tokenize_chinese_chars: is false where tokenizer.json has handle_chinese_chars true")]
    [InlineData("""{"clean_text":false}""", "tokenizer_config.json clean_text: is false where tokenizer.json has clean_text true")]
    [InlineData("""{"unk_token":"a"}""", "tokenizer_config.json unk_token: is \"a\" where tokenizer.json has \"[UNK]\" as its unk_token")]
    [InlineData("""{"cls_token":"a"}""", "tokenizer_config.json cls_token: is \"a\" where tokenizer.json has \"[CLS]\" as its first token")]
    [InlineData(
        """{"sep_token":{"content":"a"}}""",
        "tokenizer_config.json sep_token: is \"a\" where tokenizer.json has \"[SEP]\" as its last token")]
    [InlineData(
        """{"added_tokens_decoder":{"5":{"content":"<url>"}}}""",
        "tokenizer_config.json added_tokens_decoder: gives \"<url>\" the id 5, where it gets 12")]
    public void What_contradicts_a_tokenizer_json_is_refused_with_both_values_and_files(string config, string expected) =>
        Assert.Contains(expected, Refused(Complete(config)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"do_lower_case":true,"strip_accents":true,"tokenize_chinese_chars":true,"unk_token":"[UNK]","cls_token":"[CLS]","sep_token":"[SEP]","pad_token":"[PAD]","mask_token":"[MASK]","model_max_length":1000000000000000019884624838656,"name_or_path":"x"}""")]
    [InlineData("""{"do_lower_case":false,"tokenizer_class":"PreTrainedTokenizerFast"}""")]
    public void What_agrees_with_a_tokenizer_json_or_does_not_concern_it_is_let_be(string config)
    {
        var tokenizer = WordPieceTokenizer.FromFiles(Complete(config));
        Assert.Equal([2, 5, 3], tokenizer.Encode("A", null, 16).Ids);
        Assert.Empty(tokenizer.Notes);
    }

    [Theory]
    [InlineData("512", 512)]
    [InlineData("1000000000000000019884624838656", null)]
    [InlineData("1e30", null)]
    [InlineData("null", null)]
    public void The_longest_input_is_what_the_settings_name(string value, int? expected)
    {
        Assert.Equal(expected, WordPieceTokenizer.FromFiles(Complete($"{{\"model_max_length\":{value}}}")).LongestInput);
        Assert.Contains(
            "tokenizer_config.json model_max_length: is \"512\" where a number is expected",
            Refused(Complete("""{"model_max_length":"512"}""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Added_tokens_beside_a_tokenizer_json_get_the_ids_after_it()
    {
        var files = Complete("""{"added_tokens_decoder":{"12":{"content":"<url>","special":true}},"mask_token":"[MASK]"}""") with
        {
            AddedTokens = """{"<url>":12}"""u8.ToArray(),
        };
        Assert.Equal([2, 5, 12, 3], WordPieceTokenizer.FromFiles(files).Encode("a<url>", null, 16).Ids);
        Assert.Contains(
            "added_tokens.json: adds \"<url>\", which tokenizer.json does not",
            Refused(Complete("{}") with { AddedTokens = """{"<url>":12}"""u8.ToArray() }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_a_token_does_not_get_is_said()
    {
        var json = Tokenizers.Json(s_vocabulary, []);
        json["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 99, ["content"] = "<url>" });
        var tokenizer = WordPieceTokenizer.FromFiles(new TokenizerFileSet { TokenizerJson = Encoding.UTF8.GetBytes(json.ToJsonString()) });
        Assert.Equal(
            "tokenizer.json added_tokens gives \"<url>\" the id 99, and it gets 12, as Hugging Face's library counts it.",
            Assert.Single(tokenizer.Notes));
    }

    [Fact]
    public void A_tokenizer_json_that_transformers_defaults_contradict_counts_and_it_is_said()
    {
        var json = Tokenizers.Json([.. s_vocabulary, "A"], new JsonObject { ["lowercase"] = false });
        var tokenizer = WordPieceTokenizer.FromFiles(new TokenizerFileSet { TokenizerJson = Encoding.UTF8.GetBytes(json.ToJsonString()) });
        Assert.Equal([2, 12, 3], tokenizer.Encode("A", null, 16).Ids);
        Assert.Equal(
            "tokenizer.json is followed where nothing in tokenizer_config.json says do_lower_case; "
            + "transformers' BertTokenizerFast would assume the opposite.",
            Assert.Single(tokenizer.Notes));
    }

    [Theory]
    [InlineData(
        null, "Film The ##Er a",
        "vocab.txt: 3 of 4 words have capital letters, and nothing says whether texts keep theirs, so they are lower-cased")]
    [InlineData(
        """{"do_lower_case":true}""", "Film The a b",
        "vocab.txt: 2 of 4 words have capital letters, and texts are lower-cased as the settings say")]
    [InlineData(
        """{"do_lower_case":false}""", "film the ##er",
        "vocab.txt: none of 3 words has a capital letter, and texts keep theirs as the settings say")]
    [InlineData(
        """{"do_lower_case":true}""", "caf\u00e9 \u00fcber a b", "vocab.txt: 2 of 4 words have accents, and texts are stripped of theirs")]
    [InlineData("""{"do_lower_case":false}""", "Film caf\u00e9 a [X] <Y>", null)]
    [InlineData(null, "film the ##er [unused1] <X> 1 \u4e00 \u00b0", null)]
    [InlineData("""{"do_lower_case":true,"strip_accents":false}""", "caf\u00e9", null)]
    public void A_vocabulary_that_was_made_otherwise_than_texts_are_normalised_is_said(string? config, string words, string? expected)
    {
        var files = new TokenizerFileSet
        {
            Vocabulary = Encoding.UTF8.GetBytes(string.Join('\n', [.. Tokenizers.Special, .. words.Split(' ')])),
            TokenizerConfig = config is null ? default : Encoding.UTF8.GetBytes(config),
        };
        var notes = WordPieceTokenizer.FromFiles(files).Notes;
        if (expected is null)
            Assert.Empty(notes);
        else
            Assert.StartsWith(expected, Assert.Single(notes), StringComparison.Ordinal);
    }

    private static InputException Refused(TokenizerFileSet files) =>
        Assert.Throws<InputException>(() => WordPieceTokenizer.FromFiles(files));

    private static TokenizerFileSet Bare(string? config, string? added = null, string? map = null) => new()
    {
        Vocabulary = Encoding.UTF8.GetBytes(string.Join('\n', s_vocabulary) + "\n"),
        TokenizerConfig = config is null ? default : Encoding.UTF8.GetBytes(config),
        AddedTokens = added is null ? default : Encoding.UTF8.GetBytes(added),
        SpecialTokensMap = map is null ? default : Encoding.UTF8.GetBytes(map),
    };

    private static TokenizerFileSet Complete(string config) => new()
    {
        TokenizerJson = Encoding.UTF8.GetBytes(Tokenizers.Json(s_vocabulary, []).ToJsonString()),
        TokenizerConfig = Encoding.UTF8.GetBytes(config),
    };
}
