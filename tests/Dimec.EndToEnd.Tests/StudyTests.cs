using System.Text.Json;
using Dimec.Planning;
using Dimec.Runs.Parts;
using Dimec.Studies.Results;

namespace Dimec.EndToEnd.Tests;

/// <summary>A study goes on where it stopped, however it did, and ends in the same tables.</summary>
public sealed class StudyTests : RefusedCalls
{
    private const int Kills = 5;

    [Fact]
    public async Task A_study_killed_at_five_random_moments_ends_in_the_same_report_as_the_unbroken_one()
    {
        var one = MadeData.WriteTsv(Folder.File("weather.tsv"), 240);
        var two = MadeData.WriteTsv(Folder.File("sport.tsv"), 160);
        var backbone = MadeCheckpoint.Write(Folder.File("encoder"));
        // Two studies that measure for themselves need not come to one precision.
        string[] study =
        [
            "study", "--tasks", $"{one},{two}", "--backbone", backbone, "--seeds", "2", "--epochs", "2", "--threads", "1", "--precision",
            "fp32", "--cross-fit", "2", "--sweep-steps", "2", "--ablation",
        ];
        var (whole, broken) = (Folder.File("whole", "study"), Folder.File("broken", "study"));
        await Tool.DoneAsync([.. study, "--out", whole]);

        var random = new Random(17);
        var killed = 0;
        for (var i = 0; i < Kills; i++)
            killed += await KilledAsync([.. study, "--out", broken], random.Next(2, 9), random.Next(0, 200)) ? 1 : 0;
        Assert.InRange(killed, 3, Kills);
        await Tool.DoneAsync([.. study, "--out", broken]);

        Assert.Equal(Text(whole, "tables.md"), Text(broken, "tables.md"));
        Assert.Equal(Text(whole, "report.html"), Text(broken, "report.html"));
        Assert.Equal(Files(whole), Files(broken));
        Assert.Contains("\n## weather\n", Text(whole, "tables.md"), StringComparison.Ordinal);

        Assert.Contains("--exits-training frozen", Text(whole, "tables.md"), StringComparison.Ordinal);
        Assert.Contains("--exits-training alternating", Text(whole, "tables.md"), StringComparison.Ordinal);
        Assert.Contains("Pools against tiers", Text(whole, "tables.md"), StringComparison.Ordinal);

        // Once more, nothing is left to do, and the report is the same.
        var again = await Tool.DoneAsync([.. study, "--out", whole]);
        Assert.DoesNotContain("done in", again.Error, StringComparison.Ordinal);
        Assert.Equal(Text(broken, "tables.md"), Text(whole, "tables.md"));

        // Only the command names the folder.
        static string Text(string folder, string file) =>
            File.ReadAllText(Path.Combine(folder, file)).Replace(folder, "study", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_may_be_removed_once_it_is_measured_and_results_brought_from_another_machine()
    {
        string[] study =
        [
            "study", "--tasks", MadeData.WriteTsv(Folder.File("weather.tsv"), 160), "--backbone",
            MadeCheckpoint.Write(Folder.File("encoder")), "--epochs", "1", "--threads", "1", "--precision", "fp32", "--cross-fit", "1",
        ];
        string[] small = [.. study, "--sweep-steps", "0", "--seeds", "2", "--out", Folder.File("study")];
        await Tool.DoneAsync(small);
        var seeds = Directory.GetFiles(Folder.File("study", "results"), "seeds.json", SearchOption.AllDirectories).Order().First();
        var before = Result(seeds);

        Directory.Delete(Folder.File("study", "runs", "weather", "seed-0"), recursive: true);
        var again = await Tool.DoneAsync(small);
        Assert.DoesNotContain("done in", again.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder.File("study", "runs", "weather", "seed-0")));
        Assert.Equal(before, Result(seeds));
        Assert.Contains(
            "Seed 0: Its run is not in the study", await File.ReadAllTextAsync(
                Folder.File("study", "tables.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // What is gone cannot be measured otherwise.
        var other = await Tool.RunAsync([.. small, "--grid-levels", "5"]);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains(
            "is no longer there, and what was measured of it was measured with other settings", other.Error, StringComparison.Ordinal);

        static string Result(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("result").GetRawText();
    }

    [Fact]
    public async Task Promises_are_redrawn_anew_and_a_run_that_was_removed_keeps_its_counts()
    {
        string[] study =
        [
            "study", "--tasks", MadeData.WriteTsv(Folder.File("weather.tsv"), 240), "--backbone",
            MadeCheckpoint.Write(Folder.File("encoder")), "--epochs", "1", "--threads", "1", "--precision", "fp32", "--cross-fit", "1",
            "--sweep-steps", "0", "--max-drop", "0.1", "--out", Folder.File("study"), "--json",
        ];
        var without = await Tool.DoneAsync([.. study, "--seeds", "2"]);
        using (var answer = JsonDocument.Parse(without.Output))
            Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("promises").ValueKind);
        Assert.False(File.Exists(Folder.File("study", "results", "promises-made.json")));

        // All else is there already.
        var result = await Tool.DoneAsync([.. study, "--seeds", "2", "--promises", "--redraws", "25"]);
        Assert.Equal(3, result.Error.Split('\n').Count(line => line.Contains("done in", StringComparison.Ordinal)));
        using var redrawn = JsonDocument.Parse(result.Output);
        var runs = redrawn.RootElement.GetProperty("promises").GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal([0, 1], runs.Select(run => run.GetProperty("seed").GetInt32()));
        foreach (var redraws in runs.Select(run => run.GetProperty("redraws")).Append(
            redrawn.RootElement.GetProperty("promises").GetProperty("made")))
        {
            Assert.Equal((25, 0.1), (redraws.GetProperty("draws").GetInt32(), redraws.GetProperty("maxDrop").GetDouble()));
            JsonElement[] chains = [.. redraws.GetProperty("chains").EnumerateArray()];
            Assert.Contains(chains, chain => chain.GetProperty("policy").GetString() == "any" && chain.GetProperty("plans").GetInt32() > 0);
            Assert.All(chains.SelectMany(chain => chain.GetProperty("counts").EnumerateArray()), count =>
                Assert.InRange(count.GetProperty("broken").GetInt32(), 0, count.GetProperty("found").GetInt32()));
        }

        var tables = await File.ReadAllTextAsync(Folder.File("study", "tables.md"), TestContext.Current.CancellationToken);
        Assert.Equal(2, tables.Split("\n#### Promises, redrawn\n").Length);
        Assert.Contains("\n## Promises on made exits\n", tables, StringComparison.Ordinal);

        Directory.Delete(Folder.File("study", "runs", "weather", "seed-0"), recursive: true);
        var again = await Tool.DoneAsync([.. study, "--seeds", "2", "--promises", "--redraws", "25"]);
        Assert.DoesNotContain("done in", again.Error, StringComparison.Ordinal);
        Assert.Equal(result.Output, again.Output);
    }

    [Fact]
    public async Task A_checkpoint_of_twelve_layers_is_studied_at_the_papers_depths()
    {
        var result = await Tool.DoneAsync(
            "study", "--tasks", MadeData.WriteTsv(Folder.File("weather.tsv")), "--backbone",
            MadeCheckpoint.Write(Folder.File("encoder"), layers: 12), "--seeds", "1", "--epochs", "1",
            "--cross-fit", "1", "--sweep-steps", "0", "--json", "--out", Folder.File("study"));

        using var answer = JsonDocument.Parse(result.Output);
        var results = answer.RootElement.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["3,6,12", "4,8,12"], results.Select(one => string.Join(',', one.GetProperty("depths").EnumerateArray())));
        string[] policies = [.. results[0]
            .GetProperty("policies")
            .EnumerateArray()
            .Select(policy => policy.GetProperty("name").GetString()!)];
        // All policies there are have what they ask for: an exit at each layer, states, pools.
        Assert.Equal(
            [
                "cloud",
                "edge",
                "mobile",
                "pools",
                "random",
                "cascade",
                "entropy",
                "patience",
                "agreement",
                "dimee",
                "splitee",
                "ceebert",
                "recserve",
                "ngram",
                "stacked-cloud",
                "phone-cloud",
                "cache",
                "ladder",
                "hybrid",
                "oracle",
            ], policies);
        Assert.True(File.Exists(answer.RootElement.GetProperty("report").GetString()));

        // Its runs go on through the other commands.
        await Tool.DoneAsync(
            "plan", Folder.File("study", "runs", "weather", "seed-0"), "--policy", "edge", "--max-drop", "1", "--costs",
            Folder.File("study", "costs-3-6-12.json"), "--out", Folder.File("plan.json"));

        // Another build of any library that a result comes from may come to other results, so none is taken over from it.
        var build = string.Join(
            ' ', new[] { typeof(Planner), typeof(RunParts), typeof(StudyResults) }.Select(type => type.Module.ModuleVersionId));
        foreach (var file in Directory.EnumerateFiles(Folder.File("study", "results"), "*.json", SearchOption.AllDirectories))
        {
            using var made = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            Assert.Equal(build, made.RootElement.GetProperty("madeFrom").GetProperty("dimec").GetString());
        }
    }

    [Fact]
    public async Task All_seeds_of_a_study_are_trained_in_one_precision_that_is_measured_once()
    {
        string[] study =
        [
            "study", "--tasks", MadeData.WriteTsv(Folder.File("weather.tsv")), "--backbone", MadeCheckpoint.Write(Folder.File("encoder")),
            "--epochs", "1", "--cross-fit", "1", "--sweep-steps", "0", "--out", Folder.File("study"),
        ];
        Assert.DoesNotContain(
            "--precision auto", (await Tool.DoneAsync([.. study, "--seeds", "1", "--precision", "fp32"])).Error, StringComparison.Ordinal);
        Assert.Equal(("fp32", "fp32"), Precision());

        // Auto is the default, and what was begun decides for what is added.
        var more = await Tool.DoneAsync([.. study, "--seeds", "2"]);
        Assert.Equal(1, more.Error.Split('\n').Count(line => line == "--precision auto: what was begun in fp32 goes on in it."));
        Assert.Equal(("fp32", "auto"), Precision());
        foreach (var (seed, asked) in new[] { (0, "fp32"), (1, "auto") })
        {
            using var record = JsonDocument.Parse(File.ReadAllText(Folder.File("study", "runs", "weather", $"seed-{seed}", "run.json")));
            Assert.Equal("fp32", record.RootElement.GetProperty("settings").GetProperty("precision").GetString());
            Assert.Equal(asked, record.RootElement.GetProperty("precision").GetProperty("asked").GetString());
        }

        (string?, string?) Precision()
        {
            using var record = JsonDocument.Parse(File.ReadAllText(Folder.File("study", "study.json")));
            return (record.RootElement.GetProperty("precision").GetString(), record.RootElement.GetProperty("precisionAsked").GetString());
        }
    }

    [Fact]
    public async Task Glue_is_found_where_its_own_scripts_look()
    {
        string[] study =
        [
            "study", "--tasks", "rte", "--backbone", MadeCheckpoint.Write(Folder.File("encoder")), "--out", Folder.File("out"),
        ];
        var result = await Tool.RunAsync([("GLUE_DIR", Folder.File("glue"))], study);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{Folder.File("glue")}: does not exist", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public Task Wrong_options_are_reported_together_before_anything_is_written() => RefusedAsync(
        ["study", "--tasks", "nothing,rte,rte", "--data", Folder.File("nowhere"), "--backbone", MadeCheckpoint.Write(
            Folder.File("encoder")), "--seeds", "0", "--depths", "2,1", "--cross-fit", "0", "--sweep-steps", "1", "--epochs", "0",
            "--batch-size", "0", "--max-drop", "7", "--promises", "--redraws", "0",
            "--out", Folder.File("out")],
        "nothing: is no data", "--tasks rte: comes twice", "--seeds: is 0", "--cross-fit: is 0", "--sweep-steps: is 1", "--depths 2,1:",
        "--max-drop: is 7", "--redraws: is 0", "--epochs", "--batch-size");

    [Fact]
    public Task Redraws_of_nothing_are_refused() => RefusedAsync(
        [
            "study", "--tasks", MadeData.WriteTsv(Folder.File("weather.tsv")), "--backbone", MadeCheckpoint.Write(Folder.File("encoder")),
            "--redraws", "5", "--out", Folder.File("out"),
        ],
        "--redraws: is given, and no promise is made; give --promises as well");

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public Task A_drop_that_nothing_can_be_promised_of_is_refused(string drop) => RefusedAsync(
        [
            "study", "--tasks", MadeData.WriteTsv(Folder.File("weather.tsv")), "--backbone", MadeCheckpoint.Write(Folder.File("encoder")),
            "--promises", "--max-drop", drop, "--out", Folder.File("out"),
        ],
        $"--max-drop: is {drop}; give a fraction over 0 and under 1");

    [Fact]
    public Task Choices_that_the_trainings_cannot_meet_are_reported_before_the_first_one() => RefusedAsync(
        [
            "study",
            "--tasks",
            MadeData.WriteTsv(Folder.File("weather.tsv")),
            "--backbone",
            MadeCheckpoint.Write(Folder.File("encoder"), layers: 6),
            "--epochs",
            "4",
            "--exit",
            "9",
            "--include-ci",
            "--burn-out",
            "1",
            "--out",
            Folder.File("out"),
        ],
        "--exit 9: is no exit of this study", "--include-ci: divides by E − 1");

    [Fact]
    public Task Data_that_are_not_there_are_reported_before_the_first_training() => RefusedAsync(
        [
            "study",
            "--tasks",
            "rte,cola",
            "--data",
            Folder.File("nowhere"),
            "--backbone",
            MadeCheckpoint.Write(Folder.File("encoder")),
            "--out",
            Folder.File("out"),
        ],
        $"{Folder.File("nowhere")}: does not exist", $"{Folder.File("nowhere")}: does not exist");

    [Fact]
    public Task A_folder_that_holds_something_else_is_left_alone()
    {
        File.WriteAllText(Folder.File("mine.txt"), "mine");
        return RefusedAsync(
            [
                "study",
                "--tasks",
                MadeData.WriteTsv(Folder.File("weather.tsv")),
                "--backbone",
                MadeCheckpoint.Write(Folder.File("encoder")),
                "--out",
                Folder.Path,
            ],
            "is not empty and holds no study.json");
    }

    /// <summary>Kills a study some lines of progress and some time after it began; false where it was through before.</summary>
    private static async Task<bool> KilledAsync(string[] study, int lines, int milliseconds)
    {
        using var process = Tool.Start(study);
        var output = process.StandardOutput.ReadToEndAsync();
        while (lines > 0 && await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is not null)
            lines--;
        var error = process.StandardError.ReadToEndAsync();
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        process.Kill();
        await Signals.EndedAsync(process);
        Assert.True(process.ExitCode is 0 or 137, $"It ended with {process.ExitCode}: {await error}{await output}");
        return process.ExitCode != 0;
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal)];
}
