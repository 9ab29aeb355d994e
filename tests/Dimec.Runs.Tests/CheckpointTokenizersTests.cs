using Dimec.Checkpoints;
using Dimec.Text;

namespace Dimec.Runs.Tests;

/// <summary>A vocabulary without a tokenizer.json: what its settings say holds for the training and for what the training saves.</summary>
public sealed class CheckpointTokenizersTests
{
    private const string Text = "\u00c9a \u4e00\u4e01 A";

    [Theory]
    [InlineData(null, "2 13 9 10 6 3")]
    [InlineData("""{"do_lower_case":true,"strip_accents":false}""", "2 7 9 10 6 3")]
    [InlineData("""{"do_lower_case":false,"strip_accents":true}""", "2 8 9 10 5 3")]
    [InlineData("""{"tokenize_chinese_chars":false}""", "2 13 11 6 3")]
    [InlineData("""{"do_lower_case":false,"unk_token":{"content":"a"},"strip_accents":null}""", "2 6 6 9 10 5 3")]
    public void The_settings_beside_a_vocabulary_are_kept(string? settings, string ids)
    {
        using var folder = new TemporaryFolder();
        var backbone = Write(folder, settings);
        var checkpoint = Checkpoint.Load(backbone);
        checkpoint.Save(folder.File("saved"));

        foreach (var tokenizer in new[]
        {
            CheckpointTokenizers.Read(checkpoint),
            CheckpointTokenizers.Read(Checkpoint.Load(folder.File("saved"))),
            WordPieceTokenizer.FromFolder(backbone),
        })
        {
            Assert.Equal(ids, string.Join(' ', tokenizer.Encode(Text, null, 16).Ids));
        }
    }

    [Fact]
    public void Settings_that_are_no_JSON_are_named()
    {
        using var folder = new TemporaryFolder();
        var backbone = Write(folder, "{");
        Assert.StartsWith(
            $"{Path.Combine(backbone, "tokenizer_config.json")} line 1: is not well-formed JSON",
            Assert.Throws<InputException>(() => CheckpointTokenizers.Read(Checkpoint.Load(backbone), backbone)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5000, "has 5001 tokens where the weights have rows for")]
    [InlineData(9, 2, "post_processor: gives tokens the type 9 where the weights have rows for 2")]
    public void What_a_template_sets_has_rows(int type, int id, string expected)
    {
        using var folder = new TemporaryFolder();
        var backbone = WriteTemplate(folder, type, id, copies: 1);
        Assert.Contains(
            expected, Assert.Throws<InputException>(() => CheckpointTokenizers.Read(Checkpoint.Load(backbone), backbone)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Special_tokens_leave_room_for_a_text()
    {
        using var folder = new TemporaryFolder();
        var backbone = WriteTemplate(folder, type: 0, id: 2, copies: 6);
        var tokenizer = CheckpointTokenizers.Read(Checkpoint.Load(backbone), backbone);
        CheckpointTokenizers.CheckRoom(tokenizer, maxLength: 7, pair: false, "--backbone", "raise it");
        Assert.Equal("--backbone: sets 6 special tokens around a text, which leaves none of 6 tokens for it; raise it.",
            Assert.Throws<InputException>(() =>
                CheckpointTokenizers.CheckRoom(tokenizer, maxLength: 6, pair: false, "--backbone", "raise it")).Message);
    }

    private static string WriteTemplate(TemporaryFolder folder, int type, int id, int copies)
    {
        var backbone = Write(folder, null);
        var special = string.Concat(Enumerable.Repeat($"{{\"SpecialToken\":{{\"id\":\"[CLS]\",\"type_id\":{type}}}}},", copies));
        const string text = """{"Sequence":{"id":"A","type_id":0}}""";
        File.WriteAllText(
            Path.Combine(backbone, "tokenizer.json"),
            """
            {"normalizer":null,"pre_tokenizer":{"type":"BertPreTokenizer"},"model":{"type":"WordPiece","vocab":{"[PAD]":0,"[UNK]":1,"[CLS]":2}},
             "post_processor":{"type":"TemplateProcessing","single":[SPECIAL TEXT],"pair":[SPECIAL TEXT,{"Sequence":{"id":"B","type_id":1}}],
             "special_tokens":{"[CLS]":{"id":"[CLS]","ids":[ID],"tokens":["[CLS]"]}}}}
            """.Replace("SPECIAL", special, StringComparison.Ordinal)
                .Replace("TEXT", text, StringComparison.Ordinal).Replace("\"ids\":[ID]", $"\"ids\":[{id}]", StringComparison.Ordinal));
        return backbone;
    }

    private static string Write(TemporaryFolder folder, string? settings)
    {
        var backbone = folder.File("backbone");
        RandomCheckpoint.Create().Save(backbone);
        File.WriteAllLines(
            Path.Combine(backbone, "vocab.txt"),
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "A", "a", "\u00e9a", "Ea", "\u4e00", "\u4e01", "\u4e00\u4e01", "##a", "ea"]);
        if (settings is not null)
            File.WriteAllText(Path.Combine(backbone, "tokenizer_config.json"), settings);
        return backbone;
    }
}
