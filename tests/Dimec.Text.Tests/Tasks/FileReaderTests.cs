using System.Security.Cryptography;

namespace Dimec.Text.Tests.Tasks;

/// <summary>A user's own files.</summary>
public sealed class FileReaderTests
{
    private const string Header = "text\tlabel\n";

    [Fact]
    public void Tsv_columns_are_found_by_name_and_quotes_are_text()
    {
        using var folder = new TaskFolder();
        var file = folder.Add("mine.tsv", "\uFEFFid\tkind\tfirst\tsecond\r\n"
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i}\t{i % 3 - 1}\t\"a {i}\té ü {i}\r\n")) + "\r\n\r\n");

        var data = TaskFolder.Load(file, new ReaderOptions { TextColumn = "first", PairColumn = "second", LabelColumn = "kind" });

        Assert.Equal(("mine", "accuracy", true), (data.Name, data.Metric, data.HasPair));
        Assert.Equal(["-1", "0", "1"], data.Labels);
        var all = All(data);
        Assert.Equal(30, all.Count);
        Assert.Equal(new Sample("train-29", "\"a 29", "é ü 29", 2), all["train-29"]);
    }

    [Fact]
    public void Tsv_without_a_header_takes_numbers()
    {
        using var folder = new TaskFolder();
        var file = folder.Add("mine.TSV", string.Concat(Enumerable.Range(0, 20).Select(i => $"{(i % 2 == 0 ? "no" : "YES")}\ttext {i}\n")));

        var data = TaskFolder.Load(file, new ReaderOptions { NoHeader = true, TextColumn = "1", LabelColumn = "0" });

        Assert.Equal(["YES", "no"], data.Labels);
        Assert.Equal(new Sample("train-0", "text 0", null, 1), All(data)["train-0"]);
    }

    [Fact]
    public void Jsonl_takes_strings_numbers_and_truth_values_as_labels_and_skips_empty_lines()
    {
        using var folder = new TaskFolder();
        var file = folder.Add("mine.jsonl", string.Concat(Enumerable.Range(0, 20)
            .Select(i => $"{{\"label\":{i % 2 + 9},\"text\":\"tab\\there {i} \\ud83d\\ude00\"}}\n\n")));
        var truths = folder.Add(
            "truths.jsonl",
            string.Concat(Enumerable.Range(0, 20).Select(i => $"{{\"label\":{(i % 2 == 0 ? "true" : "\"false\"")},\"text\":\"{i}\"}}\n")));

        var data = TaskFolder.Load(file);

        Assert.Equal(["9", "10"], data.Labels);
        Assert.Equal(new Sample("train-19", "tab\there 19 😀", null, 1), All(data)["train-19"]);
        Assert.Equal(["false", "true"], TaskFolder.Load(truths).Labels);
    }

    [Fact]
    public void Parts_from_files_are_whole_and_the_sources_are_hashed()
    {
        using var folder = new TaskFolder();
        var train = folder.Add("train.tsv", Header + TaskFolder.Rows(10));
        var options = new ReaderOptions
        {
            Dev = folder.Add("dev.tsv", Header + TaskFolder.Rows(4)),
            Selection = folder.Add("selection.tsv", Header + TaskFolder.Rows(6)),
            Calibration = folder.Add("calibration.tsv", Header + TaskFolder.Rows(8)),
            HeldOutLimit = 2,
            Limit = 4,
        };

        var data = TaskFolder.Load(train, options);

        Assert.Equal([4, 6, 8, 4], Parts(data).Select(p => p.Samples.Count));
        Assert.Equal(["selection-0", "selection-1"], data.Selection.Samples.Take(2).Select(s => s.Guid));
        Assert.Contains(new DataSource(train, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(train)))), data.Sources);
        Assert.Equal(4, data.Sources.Count);
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled()
    {
        using var folder = new TaskFolder();
        var spec = DataSpec.Parse(folder.Add("train.tsv", Header + TaskFolder.Rows(20)));

        Assert.Throws<OperationCanceledException>(() => spec.Load(new CancellationToken(canceled: true)));
    }

    private static Dataset[] Parts(TaskData data) => [data.Train, data.Selection, data.Calibration, data.Dev];

    private static Dictionary<string, Sample> All(TaskData data) => Parts(data).SelectMany(p => p.Samples).ToDictionary(s => s.Guid);
}
