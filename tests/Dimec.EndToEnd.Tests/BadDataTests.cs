using System.Text;

namespace Dimec.EndToEnd.Tests;

/// <summary>Data that cannot be trained on: the file and line are named, and no run is begun.</summary>
public sealed class BadDataTests : RefusedCalls
{
    private static readonly string s_good = MadeData.Header + MadeData.Rows(40);

    public static TheoryData<string, string, string> Files => new()
    {
        { "mine.tsv", "", ": is empty" },
        { "mine.tsv", " \n\n", ": is empty" },
        { "mine.tsv", MadeData.Header, ": has a header but no rows" },
        { "mine.tsv", "words\tlabel\n" + MadeData.Rows(40), " line 1: the header has no column \"text\" (it has \"words\", \"label\")" },
        { "mine.tsv", s_good + "one\tmore\tsport\n", " line 42: has 3 columns where the header has 2" },
        { "mine.tsv", s_good + "one less\n", " line 42: has 1 column where the header has 2" },
        { "mine.tsv", s_good + "no label\t\n", " line 42: has an empty label" },
        { "mine.tsv", MadeData.Header + "rain\tweather\nwind\tweather\n", ": has one label only, \"weather\"" },
        { "mine.tsv", s_good + "caf\u00FF\tsport\n", " line 42: is not valid UTF-8" },
        { "mine.jsonl", "", ": is empty" },
        { "mine.jsonl", "{\"text\": \"rain\", \"label\": \"weather\"}\n{\"text\": \"rain\"\n", " line 2: ends within an object" },
        {
            "mine.jsonl",
            "{\"text\": \"rain\", \"label\": \"weather\"}\n{\"text\": \"rain\"}\n",
            " line 2: has no key \"label\" (it has \"text\")"
        },
        { "mine.jsonl", "{\"text\": 7, \"label\": \"weather\"}\n", " line 1: \"text\" is a number where a text belongs" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_line_is_named(string name, string content, string sentence)
    {
        // Latin-1 writes the one character beyond ASCII as a byte that is no UTF-8.
        File.WriteAllText(Folder.File(name), content, Encoding.Latin1);

        await TrainRefusedAsync(["--data", Folder.File(name)], Folder.File(name) + sentence);
    }

    [Fact]
    public async Task A_label_that_train_lacks_is_named_with_its_first_row_and_their_number()
    {
        var data = MadeData.WriteTsv(Folder.File("mine.tsv"));
        File.WriteAllText(Folder.File("dev.tsv"), s_good + "votes were counted\tpolitics\nrain\tweather\nvotes again\tpolitics\n");

        await TrainRefusedAsync(
            ["--data", data, "--dev", Folder.File("dev.tsv")],
            $"{Folder.File("dev.tsv")} line 42: has the label \"politics\" (as have 2 of its rows), which the training file {data} lacks");
    }

    [Fact]
    public async Task A_file_that_is_wrong_in_every_row_is_not_listed_to_its_end()
    {
        File.WriteAllText(Folder.File("mine.tsv"), MadeData.Header + string.Concat(Enumerable.Repeat("a\tb\tc\n", 1000)));

        await TrainRefusedAsync(
            ["--data", Folder.File("mine.tsv")],
            [
                .. Enumerable.Range(2, 20).Select(line => $"line {line}: has 3 columns"),
                "line 21: was the last to be read, after 20 mistakes",
            ]);
    }

    [Fact]
    public async Task Files_that_are_not_there_are_reported_together()
    {
        Directory.CreateDirectory(Folder.File("folder.tsv"));

        await TrainRefusedAsync(
            ["--data", Folder.File("none.tsv"), "--dev", Folder.File("folder.tsv")],
            $"{Folder.File("none.tsv")}: does not exist", $"{Folder.File("folder.tsv")}: is a folder, not a file");
        await TrainRefusedAsync(["--data", $"sst2:{Folder.File("none")}"], $"{Folder.File("none")}: does not exist");
        await TrainRefusedAsync(
            ["--data", Folder.File("mine.csv")], $"{Folder.File("mine.csv")}: is a .csv file, and no data that Dimec can read");
    }

    [Fact]
    public async Task A_byte_order_mark_CRLF_and_an_empty_text_are_no_mistakes()
    {
        var backbone = MadeCheckpoint.Write(Folder.File("encoder"));
        File.WriteAllText(
            Folder.File("mine.tsv"), "\uFEFF" + (MadeData.Header + MadeData.Rows(60) + "\tsport\n").ReplaceLineEndings("\r\n"));

        var result = await Tool.DoneAsync(
            "train", "--data", Folder.File("mine.tsv"), "--backbone", backbone, "--exits", "3", "--epochs", "1", "--json", "--out",
            Folder.File("run"));
        Assert.Contains("samples of 2 classes", result.Error, StringComparison.Ordinal);
    }

    private Task TrainRefusedAsync(string[] data, params string[] sentences) =>
        RefusedAsync(
            ["train", .. data, "--backbone", MadeCheckpoint.Write(Folder.File("encoder")), "--exits", "3", "--out", Folder.File("run")],
            sentences);
}
