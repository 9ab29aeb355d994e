using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary>Exit 0 learns of texts without labels what the last exit says of them, and a run remembers which texts they were.</summary>
public sealed class UnlabelledTests : IDisposable
{
    private const string Texts = "rain over the match\n\nthe wind was a draw\nthe match number 3 ended in a draw tomorrow\n";

    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.File("run");

    private string[] Call =>
    [
        "train", "--data", _folder.File("weather.tsv"), "--backbone", _folder.File("encoder"), "--exits", "1,2", "--epochs", "1",
        "--threads", "1", "--out", Run,
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Texts_are_learnt_of_and_remembered()
    {
        var texts = Make();
        await Tool.DoneAsync(Call);
        var without = Exit();
        var trained = await Tool.DoneAsync([.. Call, "--unlabelled", texts]);
        Assert.Contains("asking the last exit  text 3/3", trained.Error, StringComparison.Ordinal);
        var with = Exit();
        Assert.NotEqual(without, with);
        Assert.Equal((texts, 3), ((string?)Record()["unlabelled"]!["file"], (int?)Record()["texts"]));

        // The same call has nothing to do, nor has one that says nothing of exit 0; one for exit 0 alone asks again and comes to the same.
        foreach (var same in (string[][])[[.. Call, "--unlabelled", texts], Call])
            Assert.DoesNotContain("exit 0", (await Tool.DoneAsync(same)).Error, StringComparison.Ordinal);
        Assert.Contains("asking", (await Tool.DoneAsync(["train", "--ngram", .. Data])).Error, StringComparison.Ordinal);
        Assert.Equal(with, Exit());

        // Nor does one ask for the file that has nothing to do with it.
        File.Move(texts, texts + ".gone");
        await Tool.DoneAsync(Call);
        File.Move(texts + ".gone", texts);

        // The file is not what it was: that is said, until it is named or let go.
        File.AppendAllText(texts, "more rain\n");
        await Tool.RefusedAsync(
            _folder.Path, ["train", "--ngram", .. Data],
            $"{texts}: has changed since the exit 0 in {Run} was trained with it; name it with --unlabelled");
        Assert.Equal(with, Exit());
        await Tool.DoneAsync(["train", "--ngram", .. Data, "--unlabelled", texts]);
        Assert.Equal(4, (int?)Record()["texts"]);
        await Tool.DoneAsync(["train", "--ngram", .. Data, "--unlabelled", "none"]);
        Assert.Equal(without, Exit());
        Assert.Null(Record()["unlabelled"]);
    }

    [Fact]
    public async Task Answers_to_the_training_samples_are_learnt_of_too()
    {
        Make();
        await Tool.DoneAsync(Call);
        var without = Exit();
        await Tool.DoneAsync(["train", "--ngram", .. Data, "--soft", "0.5"]);
        Assert.NotEqual(without, Exit());
        Assert.Equal(0.5, (double?)Record()["soft"]);

        // A run without its model has nobody to ask.
        Directory.Delete(Path.Combine(Run, "model"), recursive: true);
        var before = Exit();
        await Tool.RefusedAsync(_folder.Path, ["train", "--ngram", .. Data, "--backbone", _folder.File("encoder")], $"{Run}: has no model");
        Assert.Equal(before, Exit());
    }

    [Fact]
    public async Task Texts_by_which_is_chosen_and_measured_are_left_out_and_told()
    {
        var texts = Make();
        File.WriteAllText(_folder.File("dev.tsv"), MadeData.Header + MadeData.Rows(4));
        string[] call = [.. Call, "--dev", _folder.File("dev.tsv")];
        File.WriteAllText(texts, "rain and wind number 0 tomorrow\nnew rain\nthe match number 1 ended in a draw \n");
        Assert.Contains(
            $"2 of 3 texts of {texts} stand in selection, calibration or dev and were left out",
            (await Tool.DoneAsync([.. call, "--unlabelled", texts])).Error, StringComparison.Ordinal);
        Assert.Equal(1, (int?)Record()["texts"]);
    }

    [Theory]
    [InlineData("more.txt", "", ": is empty")]
    [InlineData("more.tsv", "words\nrain\n", " line 1: the header has no column \"text\" (it has \"words\")")]
    [InlineData("more.jsonl", "{\"text\": 7}\n", " line 1: \"text\" is a number where a text belongs")]
    [InlineData("more.csv", "text\nrain\n", ": is no file of texts that Dimec can read")]
    [InlineData("more.txt", null, ": does not exist")]
    [InlineData("more.txt", "rain and wind number 0 tomorrow\n", ": has no text that does not stand in selection, calibration or dev")]
    public async Task A_wrong_file_is_a_sentence_and_no_run_is_begun(string name, string? content, string sentence)
    {
        Make();
        File.WriteAllText(_folder.File("dev.tsv"), MadeData.Header + MadeData.Rows(4));
        if (content is not null)
            File.WriteAllText(_folder.File(name), content);
        else
            File.Delete(_folder.File(name));
        await Tool.RefusedAsync(
            _folder.Path, [.. Call, "--dev", _folder.File("dev.tsv"), "--unlabelled", _folder.File(name)], _folder.File(name) + sentence);
        Assert.False(Directory.Exists(Run));
        await Tool.RefusedAsync(_folder.Path, [.. Call, "--soft", "2"], "--soft: is 2; choose 0 … 1");
        Assert.False(Directory.Exists(Run));
    }

    private string[] Data => ["--data", _folder.File("weather.tsv"), "--out", Run];

    /// <summary>Writes the data, the encoder and the texts; the texts' path.</summary>
    private string Make()
    {
        MadeData.WriteTsv(_folder.File("weather.tsv"));
        MadeCheckpoint.Write(_folder.File("encoder"));
        File.WriteAllText(_folder.File("more.txt"), Texts);
        return _folder.File("more.txt");
    }

    private string Exit() => Convert.ToHexString(File.ReadAllBytes(Path.Combine(Run, "ngram.bin")));

    private JsonNode Record() => JsonNode.Parse(File.ReadAllText(Path.Combine(Run, "run.json")))!["ngram"]!;
}
