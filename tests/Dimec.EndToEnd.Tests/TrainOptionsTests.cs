namespace Dimec.EndToEnd.Tests;

/// <summary>
/// The options of a training: wrong ones are reported in one go, and what says how data are read is kept for later commands.
/// </summary>
public sealed class TrainOptionsTests
{
    [Fact]
    public async Task Wrong_options_of_data_backbone_and_training_are_reported_together_before_data_are_read()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("nowhere.tsv");

        var result = await Tool.RunAsync(
            "train", "--data", data, "--dev-fraction", "0", "--selection-fraction", "1", "--calibration-fraction", "2", "--backbone",
            folder.File("no-model"),
            "--exits", "2,x,1", "--warm-up", "1", "--weight-decay", "-1", "--clip", "0", "--learning-rate", "2", "--out",
            folder.File("run"));

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            [
                "--exits", "--dev-fraction", "--selection-fraction", "--calibration-fraction", "the fractions split off train",
                $"--backbone {folder.File("no-model")}", "--exits", "--learning-rate", "--warm-up", "--weight-decay", "--clip",
            ],
            result.Error
                .Split('\n')
                .Where(line => line.StartsWith("error: ", StringComparison.Ordinal))
                .Select(line => line["error: ".Length..line.IndexOf(": ", 7, StringComparison.Ordinal)]));
        Assert.False(Directory.Exists(folder.File("run")));
    }

    [Fact]
    public async Task Texts_that_train_and_dev_have_in_common_are_counted()
    {
        using var folder = new TemporaryFolder();
        var data = MadeData.WriteTsv(folder.File("weather.tsv"), 120);
        File.WriteAllLines(folder.File("dev.tsv"), File.ReadLines(data).Take(11));
        var trained = await Tool.DoneAsync(
            "train", "--data", data, "--dev", folder.File("dev.tsv"), "--backbone", MadeCheckpoint.Write(folder.File("encoder")), "--exits",
            "1,2", "--epochs", "1", "--out", folder.File("run"));
        Assert.Matches(@"[1-9]\d* of 10 samples of dev have a text that train has as well", trained.Error);
    }

    [Fact]
    public async Task A_point_is_the_decimal_sign_in_every_country()
    {
        using var folder = new TemporaryFolder();
        var before = Environment.GetEnvironmentVariable("LC_ALL");
        Environment.SetEnvironmentVariable("LC_ALL", "de_DE.UTF-8");
        try
        {
            var result = await Tool.RunAsync(
                "train", "--data", folder.File("nowhere.tsv"), "--warm-up", "1.5", "--out", folder.File("run"));
            Assert.Contains("--warm-up: is 1.5; use", result.Error, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("LC_ALL", before);
        }
    }

    [Fact]
    public async Task What_auto_came_to_is_said_and_recorded()
    {
        using var folder = new TemporaryFolder();
        string[] train =
        [
            "train", "--data", MadeData.WriteTsv(folder.File("weather.tsv")), "--backbone", MadeCheckpoint.Write(folder.File("encoder")),
            "--exits", "1,2", "--epochs", "1", "--out", folder.File("run"),
        ];
        var unknown = await Tool.RunAsync([.. train, "--precision", "fast"]);
        Assert.Equal((2, "error: --precision fast: is not known; use one of fp32, bf16, auto.\n"), (unknown.ExitCode, unknown.Error));

        var measured = await Tool.DoneAsync([.. train, "--precision", "auto"]);
        var taken = System.Text.RegularExpressions.Regex.Match(measured.Error, @"(?m)^--precision auto: .*; taking (fp32|bf16)\.$");
        Assert.True(taken.Success, measured.Error);
        using (var record = System.Text.Json.JsonDocument.Parse(File.ReadAllText(folder.File("run", "run.json"))))
        {
            Assert.Equal(taken.Groups[1].Value, record.RootElement.GetProperty("settings").GetProperty("precision").GetString());
            Assert.Equal("auto", record.RootElement.GetProperty("precision").GetProperty("asked").GetString());
        }

        Assert.Contains("goes on in it.", (await Tool.DoneAsync([.. train, "--precision", "auto"])).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "--precision auto", (await Tool.DoneAsync([.. train, "--precision", taken.Groups[1].Value])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_reads_the_data_as_the_training_did()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("mine.tsv");
        File.WriteAllText(data, "words\tlabel\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"text {i}\t{i % 2}\n")));
        Directory.CreateDirectory(folder.File("run"));
        File.WriteAllText(
            folder.File("run", "td_metrics.jsonl"),
            """{"guid":"train-7","index":0,"threshold_closeness":0.2,"confidence":0.5,"variability":0.1,"correctness":1,"forgetfulness":0}""" + "\n");

        WriteRecord(folder, data, "0.2");
        var result = await Tool.RunAsync(
            "filter", folder.File("run"), "--metric", "confidence", "--fraction", "0", "--out", folder.File("out.tsv"));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("words\tlabel\ntext 7\t1\n", File.ReadAllText(folder.File("out.tsv")));

        WriteRecord(folder, data, "2");
        result = await Tool.RunAsync(
            "filter", folder.File("run"), "--metric", "confidence", "--fraction", "0", "--out", folder.File("out.tsv"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--selection-fraction: is 2", result.Error, StringComparison.Ordinal);

        result = await Tool.RunAsync(
            "filter", folder.File("run"), "--metric", "confidence", "--fraction", "0", "--text-column", "words", "--out",
            folder.File("out.tsv"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--text-column: says how to read data, and --data names none", result.Error, StringComparison.Ordinal);
    }

    private static void WriteRecord(TemporaryFolder folder, string data, string fraction)
    {
        var notes = new Dictionary<string, string> { ["--data"] = data, ["--text-column"] = "words", ["--selection-fraction"] = fraction };
        File.WriteAllText(folder.File("run", "run.json"), System.Text.Json.JsonSerializer.Serialize(new
        {
            format = 1,
            notes,
            settings = new { epochs = 1 },
            backbone = new { name = "minilm" },
            machine = new { threads = 1 },
            data = new { name = "mine", labels = new[] { "0", "1" }, pair = false, parts = new { train = new { samples = 28 } } },
        }));
    }
}
