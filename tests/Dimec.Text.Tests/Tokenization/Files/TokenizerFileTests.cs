using System.Text.Json.Nodes;

namespace Dimec.Text.Tests.Tokenization.Files;

public sealed class TokenizerFileTests
{
    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var json = Tokenizers.Json([.. Tokenizers.Special, "a", "\"", "\\", "é", "\U0001F600", "##a"], []);
        json["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 99, ["content"] = "<New>", ["normalized"] = true });
        var tokenizer = Tokenizers.FromJson(json);
        using var file = new MemoryStream();
        tokenizer.WriteTokenizerJson(file);
        file.Position = 0;

        var again = WordPieceTokenizer.FromTokenizerJson(file);

        const string Text = "aa \" \\ \U0001F600 a<nEw>a [MASK] É";
        Assert.Equal(tokenizer.Encode(Text, null, 64).Ids, again.Encode(Text, null, 64).Ids);
        Assert.Contains(11, again.Encode(Text, null, 64).Ids);
    }

    [Theory]
    [InlineData("{", "tokenizer.json line 1: is not well-formed JSON (")]
    [InlineData("[]", "tokenizer.json: is not a JSON object; copy the checkpoint's tokenizer.json again.")]
    [InlineData(
        "{}",
        "tokenizer.json model: is absent where WordPiece is expected; use a checkpoint of the BERT family with a WordPiece tokenizer.")]
    [InlineData(
        """{"model":{"type":"BPE","vocab":{}}}""",
        "tokenizer.json model: is BPE where WordPiece is expected; use a checkpoint of the BERT family with a WordPiece tokenizer.")]
    public void A_file_that_is_no_WordPiece_tokenizer_is_one_sentence(string json, string message)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));

        Assert.StartsWith(
            message, Assert.Throws<InputException>(() => WordPieceTokenizer.FromTokenizerJson(stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_with_a_file_is_reported_together()
    {
        var json = Tokenizers.Json(["a"], []);
        json["normalizer"] = new JsonObject { ["type"] = "NFC" };
        json["pre_tokenizer"] = new JsonObject { ["type"] = "Whitespace" };
        json["post_processor"] = null;
        json["model"]!["max_input_chars_per_word"] = 0;
        json["model"]!["vocab"]!["bad"] = -1;

        var exception = Assert.Throws<InputException>(() => Tokenizers.FromJson(json));

        Assert.Equal(
            [
                "tokenizer.json model.vocab.bad",
                "tokenizer.json normalizer",
                "tokenizer.json pre_tokenizer",
                "tokenizer.json model.max_input_chars_per_word",
                "tokenizer.json model.vocab",
                "tokenizer.json post_processor",
            ],
            exception.Errors.Select(error => error.Where));
    }

    [Theory]
    [InlineData("a\nb\n", "lacks the special token [UNK]")]
    [InlineData("\uFEFF[PAD]\n[UNK]\n[CLS]\n[SEP]\n", "begins with a byte-order mark")]
    [InlineData("[UNK]\n[CLS]\n", "lacks the special token [SEP]")]
    public void A_vocabulary_without_its_special_tokens_is_refused(string tokens, string problem)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(tokens));

        Assert.Contains(
            problem, Assert.Throws<InputException>(() => WordPieceTokenizer.FromVocabulary(stream, true)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_that_is_no_text_is_refused()
    {
        using var stream = new MemoryStream([0x61, 0xFF, 0x00]);

        Assert.Equal(
            "vocab.txt: is not valid UTF-8; give the vocab.txt of the checkpoint, one token a line.",
            Assert.Throws<InputException>(() => WordPieceTokenizer.FromVocabulary(stream, true)).Message);
    }

    [Theory]
    [InlineData("""{"do_lower_case":false}""", "A", 5)]
    [InlineData("""{"do_lower_case":true}""", "A", 6)]
    [InlineData("{}", "A", 6)]
    [InlineData("""{"strip_accents":false}""", "É", 7)]
    [InlineData("""{"mask_token":{"content":"a"}}""", "xax", 6)]
    public void A_folder_with_a_bare_vocabulary_takes_its_settings_from_tokenizer_config(string config, string text, int id)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("vocab.txt"), [.. Tokenizers.Special, "A", "a", "é"]);
        File.WriteAllText(folder.File("tokenizer_config.json"), config);

        Assert.Contains(id, WordPieceTokenizer.FromFolder(folder.Path).Encode(text, null, 16).Ids);
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_refused()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(
            $"{folder.Path}: has neither tokenizer.json nor vocab.txt; copy one of them from the checkpoint into the folder.",
            Assert.Throws<InputException>(() => WordPieceTokenizer.FromFolder(folder.Path)).Message);
    }
}
