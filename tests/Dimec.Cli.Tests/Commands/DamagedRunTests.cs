namespace Dimec.Cli.Tests.Commands;

/// <summary>
/// Whatever stands in a file of a run, the commands that read it end with a result or with sentences, never with a mistake of the tool.
/// </summary>
public sealed class DamagedRunTests : IDisposable
{
    private const string Record = """
        {
          "format": 1, "state": "finished",
          "settings": { "exits": [2, 4, 6], "epochs": 4, "learningRate": 0.003, "embedding": "layer-norm" },
          "backbone": { "name": "tiny", "files": [], "config": { "layers": 6 } },
          "data": { "name": "tiny", "metric": "accuracy", "pair": false, "labels": ["even", "odd"], "parts": { "train": { "samples": 80 }, "dev": { "samples": 80 } } },
          "machine": { "threads": 1 },
          "notes": { "command": "dimec train", "--data": "none.tsv" },
          "results": { "accuracy": { "dev": { "2": 0.5 } }, "notes": [], "warnings": ["A warning."], "samplesPerSecond": 10.5 }
        }
        """;

    private const string Costs =
        """{"format":1,"unit":"ms","tiers":[{"name":"mobile","depth":2,"layer":1,"offload":0},{"name":"edge","depth":4,"layer":1,"offload":1},{"name":"cloud","depth":6,"layer":1.5,"offload":3}],"links":[{"from":"edge","to":"cloud","offload":2}]}""";

    private readonly PredictedRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("run.json", "report RUN --max-drop 1 --out OUT/report.html", "map RUN --suspects 2 --out OUT/map")]
    [InlineData(
        "dynamics/exit-6/training_dynamics/dynamics_epoch_1.jsonl", "map RUN --out OUT/map",
        "report RUN --max-drop 1 --out OUT/report.html")]
    [InlineData("predictions/selection.jsonl", "plan RUN --policy any --max-drop 1 --out OUT/plan.json")]
    [InlineData("predictions/dev.jsonl", "evaluate RUN --out OUT/evaluation")]
    [InlineData("predictions/train.jsonl", "plan RUN --policy pools --max-drop 1 --out OUT/plan.json")]
    [InlineData(
        "costs.json", "plan RUN --policy any --max-drop 1 --costs RUN/costs.json --out OUT/plan.json",
        "evaluate RUN --costs RUN/costs.json --out OUT/evaluation")]
    [InlineData(
        "plan.json", "evaluate RUN --plan RUN/plan.json --out OUT/evaluation", "report RUN --plan RUN/plan.json --out OUT/report.html")]
    [InlineData("td_metrics.jsonl", "filter RUN --metric variability --fraction 0.5 --data RUN/data.tsv --out OUT/chosen.tsv")]
    public async Task A_damaged_file_ends_in_a_result_or_in_sentences(string name, params string[] commands)
    {
        File.WriteAllText(Path.Combine(_run.Path, "run.json"), Record);
        File.WriteAllText(Path.Combine(_run.Path, "costs.json"), Costs);
        File.WriteAllText(
            Path.Combine(_run.Path, "data.tsv"),
            "text\tlabel\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"text {i}\t{i % 2}\n")));
        await Call(_run.Path, "plan RUN --policy pools --max-drop 1 --out RUN/plan.json");
        await Call(_run.Path, "map RUN");

        JsonDamage.Check(await File.ReadAllTextAsync(Path.Combine(_run.Path, name), TestContext.Current.CancellationToken), bytes =>
        {
            var copy = _run.File(Guid.NewGuid().ToString());
            foreach (var file in Directory.GetFiles(_run.Path, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy, Path.GetRelativePath(_run.Path, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            File.WriteAllBytes(Path.Combine(copy, name), bytes);
            foreach (var command in commands)
            {
                var (code, error) = Call(copy, command).GetAwaiter().GetResult();
                if (code is not (ExitCodes.Done or ExitCodes.BadInput or ExitCodes.NotPossible)
                    || error.Contains("mistake in dimec", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"{command}: {code} {error}");
                }
            }

            Directory.Delete(copy, recursive: true);
        }, times: 12);
    }

    private static async Task<(int Code, string Error)> Call(string run, string command)
    {
        var screen = new Screen(width: 2000, isTerminal: false);
        var code = await screen.RunAsync([.. command.Split(' ').Select(word =>
            word.Replace("RUN", run, StringComparison.Ordinal).Replace("OUT", Path.Combine(run, "out"), StringComparison.Ordinal))]);
        return (code, screen.Error);
    }
}
