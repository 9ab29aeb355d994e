using Dimec.Checkpoints;
using Dimec.Tests;
using Dimec.Text;

namespace Dimec.Training.Tests;

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

        foreach (var tokenizer in new[] { CheckpointTokenizers.Read(checkpoint), CheckpointTokenizers.Read(Checkpoint.Load(folder.File("saved"))), WordPieceTokenizer.FromFolder(backbone) })
            Assert.Equal(ids, string.Join(' ', tokenizer.Encode(Text, null, 16).Ids));
    }

    [Fact]
    public void Settings_that_are_no_JSON_are_named()
    {
        using var folder = new TemporaryFolder();
        var backbone = Write(folder, "{");
        Assert.StartsWith(
            $"{Path.Combine(backbone, "tokenizer_config.json")} line 1: is not well-formed JSON",
            Assert.Throws<InputException>(() => CheckpointTokenizers.Read(Checkpoint.Load(backbone), backbone)).Message, StringComparison.Ordinal);
    }

    private static string Write(TemporaryFolder folder, string? settings)
    {
        var backbone = folder.File("backbone");
        TinyTask.Checkpoint().Save(backbone);
        File.WriteAllLines(
            Path.Combine(backbone, "vocab.txt"),
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "A", "a", "\u00e9a", "Ea", "\u4e00", "\u4e01", "\u4e00\u4e01", "##a", "ea"]);
        if (settings is not null)
            File.WriteAllText(Path.Combine(backbone, "tokenizer_config.json"), settings);
        return backbone;
    }
}
