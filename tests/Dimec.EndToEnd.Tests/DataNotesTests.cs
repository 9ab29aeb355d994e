namespace Dimec.EndToEnd.Tests;

/// <summary>
/// What the tool assumes of data it says: before the training, in one line each, and where nothing else says which data are meant.
/// </summary>
public sealed class DataNotesTests : RefusedCalls
{
    [Fact]
    public async Task Train_says_what_it_takes_for_what_and_once_more_of_a_finished_run()
    {
        var checkpoint = MadeCheckpoint.Write(Folder.File("checkpoint"));
        var data = Folder.File("mine.tsv");
        File.WriteAllText(data, MadeData.Header + MadeData.Rows(120) + string.Concat(Enumerable.Range(0, 20)
            .Select(i => $"rain {string.Concat(Enumerable.Repeat("and wind ", 30))} {i}\t-1\n")) + " \tsport\n");
        string[] train =
        [
            "train", "--data", data, "--backbone", checkpoint, "--exits", "1,3", "--epochs", "1", "--max-length", "16", "--out",
            Folder.File("run"),
        ];

        var result = await Tool.DoneAsync(train);

        string[] lines = [.. result.Error.Split('\n')];
        Assert.Contains("of 3 classes (0 = -1, 1 = sport, 2 = weather)", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("20 of 141 samples have the label \"-1\" (train ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("1 of 141 samples have an empty text (", StringComparison.Ordinal));
        var cut = Assert.Single(lines, line => line.Contains("texts are cut at 16 tokens", StringComparison.Ordinal));
        Assert.Contains("raise --max-length (to 32 at most", cut, StringComparison.Ordinal);
        Assert.DoesNotContain(cut, result.Output, StringComparison.Ordinal);
        Assert.Contains(cut, (await Tool.DoneAsync(train)).Output, StringComparison.Ordinal);

        var dropped = await Tool.DoneAsync([.. train[..^1], Folder.File("dropped"), "--drop-label", "-1"]);
        Assert.Contains("of 2 classes (0 = sport, 1 = weather)", dropped.Error, StringComparison.Ordinal);
        var slip = await Tool.DoneAsync([.. train[..^1], Folder.File("slip"), "--drop-label", "1-"]);
        Assert.Contains("No row has the label \"1-\" that --drop-label names, so none was left out.", slip.Error, StringComparison.Ordinal);
        Assert.Contains($"20 of 141 rows of {data} were left out by --drop-label.", dropped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_another_training_does_not_say_which_data_it_is_of()
    {
        Directory.CreateDirectory(Folder.File("training_dynamics"));
        File.WriteAllText(
            Folder.File("training_dynamics", "dynamics_epoch_0.jsonl"), "{\"guid\":0,\"logits_epoch_0\":[0.1,0.2],\"gold\":0.0}\n");

        await RefusedAsync(
            ["filter", Folder.Path, "--metric", "confidence", "--fraction", "0.5", "--out", Folder.File("chosen.tsv")],
            $"--data: is missing, and {Folder.Path} holds no run.json that would say what the training read; name the data with --data.");
    }
}
