using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary>Deploy in shadow, replan, switch on; then what is served changes, and it is replanned.</summary>
public sealed class ShadowTests(MadeRun made) : IDisposable
{
    private const int Samples = 300;
    private const double MaxDrop = 0.05;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_served_is_recorded_replanned_and_served_and_so_is_a_shift()
    {
        var shadow = await ShadowAsync();
        var (usual, other) = (Usual(), Shifted());
        await ServedInShadowAsync(shadow, usual, "day1.jsonl");

        // What was recorded is what the bundle's exits say offline, and none of its words.
        await Tool.DoneAsync(
            "predict", shadow, "--run", made.Run, "--texts", Write("usual.tsv", ["text", .. usual]),
            "--out", _folder.File("offline.jsonl"));
        AssertSame(_folder.File("offline.jsonl"), _folder.File("day1.jsonl"));
        Assert.DoesNotContain("rain", File.ReadAllText(_folder.File("day1.jsonl")), StringComparison.Ordinal);

        await Tool.DoneAsync(Replan(shadow, "day1.jsonl", "first.json"));
        var first = Json("first.json");
        var served = Path.Combine(shadow, "plan.json");
        Assert.Equal(
            (2, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(served))), "differs"),
            ((int)first["revision"]!, (string?)first["previous"], (string?)first["promise"]!["loss"]));
        var bundle = await ExportAsync("first.json", "first");
        Assert.Equal(2, (int)JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "bundle.json")))!["revision"]!);
        await AssertKeptAsync(bundle, usual, await CloudsAsync(shadow, usual), (int)first["promise"]!["lost"]!);

        // The shift: the plan that was made before may not keep its promise on it, and the next one does.
        var clouds = await ServedInShadowAsync(shadow, other, "day2.jsonl");
        var compared = JsonNode.Parse((await Tool.DoneAsync(
            "replan", shadow, "--run", made.Run, "--from", _folder.File("day2.jsonl"), "--compare", _folder.File("first.json"), "--json"))
            .Output)!;
        var result = await Tool.RunAsync(Replan(shadow, "day2.jsonl", "second.json"));
        Assert.True(result.ExitCode is 0 or 3, result.Error);
        var second = Json("second.json");
        if ((double)compared["compared"]![0]!["share"]! > MaxDrop)
            Assert.NotEqual(first["parameters"]!.ToJsonString(), second["parameters"]!.ToJsonString());
        var lost = result.ExitCode == 0 ? (int)second["promise"]!["lost"]! : 0;
        Assert.True(lost <= MaxDrop * Samples);
        await AssertKeptAsync(await ExportAsync("second.json", "second"), other, clouds, lost);
    }

    [Fact]
    public async Task A_client_records_and_it_is_replanned_from_that()
    {
        var shadow = await ShadowAsync();
        await RecordAsync(shadow, "client.jsonl");
        await RecordAsync(made.Bundle, "plain.jsonl");
        var replanned = await Tool.DoneAsync(Replan(shadow, "client.jsonl", "next.json"));
        Assert.Contains("It is revision 2", replanned.Output, StringComparison.Ordinal);
        Assert.Equal(Samples, (int)Json("next.json")["promise"]!["n"]!);

        // A plan without exit 0, which the run has: the sentence says what is missing.
        await Tool.RefusedAsync(
            _folder.Path, Replan(made.Bundle, "plain.jsonl", "none.json"), "has no exit 0, which the selection part has");
        await Tool.RefusedAsync(
            _folder.Path, Replan(made.Bundle, "client.jsonl", "none.json"), "give the bundle that was served while it was recorded");
        await Tool.RefusedAsync(
            _folder.Path, ["replan", shadow, "--from", _folder.File("client.jsonl"), "--out", _folder.File("none.json")],
            $"--run: is missing, and {shadow} is a bundle");
    }

    [Fact]
    public async Task A_server_that_is_killed_goes_on_with_its_file_and_both_executables_record()
    {
        var shadow = await ShadowAsync();
        var record = _folder.File("served.jsonl");
        var texts = Write("texts.txt", Usual()[..40]);
        await using (var cloud = await ServedTier.StartAsync(shadow, "cloud", "--record", record))
        {
            await Tool.DoneAsync("classify", shadow, "--cloud", cloud.Grpc, "--file", texts, "--timeout", "60");
            await LinesAsync(record, 40);
            cloud.Process.Kill();
            await Signals.EndedAsync(cloud.Process);
        }

        // As a machine that stops may leave it.
        File.AppendAllText(record, "{\"guid\":\"cut");
        var second = await ServedTier.StartToolAsync("dimec-tier.dll", [], shadow, "cloud", "--record", record);
        var error = second.Process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Tool.DoneAsync("classify", shadow, "--cloud", second.Grpc, "--file", texts, "--timeout", "60");
        await LinesAsync(record, 80);
        second.Process.StandardInput.Close();
        await Signals.EndedAsync(second.Process);
        second.Process.Dispose();
        Assert.Contains("[30] served.jsonl ended within a line, 12 bytes of which were left out", await error, StringComparison.Ordinal);
        await Tool.DoneAsync(Replan(shadow, "served.jsonl", "plan.json"));

        await Tool.RefusedAsync(
            _folder.Path, ["serve", made.Bundle, "--tier", "cloud", "--record", record, "--record-limit", "7"],
            "--record-limit: is 7; give 256 to 1000000");
        await Tool.RefusedAsync(
            _folder.Path, ["serve", made.Bundle, "--tier", "cloud", "--record", record],
            "--record: is given, and the bundle's plan, 'edge', does not ask cloud for every sample");
        await Tool.RefusedAsync(
            _folder.Path, ["serve", made.Bundle, "--tier", "edge", "--http-port", "0", "--grpc-port", "0", "--record", record],
            $"{record}: holds what the exits of the bundle");
    }

    private string[] Replan(string bundle, string from, string output) =>
    [
        "replan", bundle, "--run", made.Run, "--from", _folder.File(from), "--max-drop", "0.05", "--out", _folder.File(output),
    ];

    /// <summary>A bundle whose cloud answers everything, with exit 0.</summary>
    private async Task<string> ShadowAsync()
    {
        await Tool.DoneAsync("plan", made.Run, "--policy", "stacked-cloud", "--max-drop", "1", "--out", _folder.File("shadow.json"));
        return await ExportAsync("shadow.json", "shadow");
    }

    private async Task<string> ExportAsync(string plan, string name)
    {
        await Tool.DoneAsync("export", made.Run, "--plan", _folder.File(plan), "--out", _folder.File(name));
        return _folder.File(name);
    }

    /// <summary>Has the client record.</summary>
    private async Task RecordAsync(string bundle, string record)
    {
        await using var edge = await ServedTier.StartAsync(bundle, "edge");
        await using var cloud = await ServedTier.StartAsync(bundle, "cloud");
        var classified = await Tool.DoneAsync(
            "classify", bundle, "--edge", edge.Grpc, "--cloud", cloud.Grpc, "--file", Write("texts.txt", Usual()), "--timeout", "60",
            "--record", _folder.File(record), "--json");
        Assert.Contains($"has what every exit says of {Samples} texts; 0 were not recorded", classified.Error, StringComparison.Ordinal);
        Assert.Equal(Samples, File.ReadLines(_folder.File(record)).Count());
    }

    /// <summary>Has texts answered by a cloud that records; its labels.</summary>
    private async Task<string[]> ServedInShadowAsync(string shadow, string[] texts, string record)
    {
        await using var cloud = await ServedTier.StartAsync(shadow, "cloud", "--record", _folder.File(record));
        var labels = await LabelsAsync(shadow, texts, "--cloud", cloud.Grpc);
        await LinesAsync(_folder.File(record), texts.Length);
        return labels;
    }

    private async Task<string[]> CloudsAsync(string shadow, string[] texts)
    {
        await using var cloud = await ServedTier.StartAsync(shadow, "cloud");
        return await LabelsAsync(shadow, texts, "--cloud", cloud.Grpc);
    }

    /// <summary>Serves a plan, and its answers differ from the cloud's as often as was counted when it was made.</summary>
    private async Task AssertKeptAsync(string bundle, string[] texts, string[] clouds, int lost)
    {
        await using var cloud = await ServedTier.StartAsync(bundle, "cloud");
        await using var edge = await ServedTier.StartAsync(bundle, "edge", "--forward", $"cloud={cloud.Grpc}");
        var labels = await LabelsAsync(bundle, texts, "--edge", edge.Grpc, "--cloud", cloud.Grpc);
        Assert.Equal(lost, labels.Zip(clouds).Count(pair => pair.First != pair.Second));
    }

    private async Task<string[]> LabelsAsync(string bundle, string[] texts, params string[] tiers)
    {
        var answers = await Tool.DoneAsync(
            ["classify", bundle, "--file", Write("texts.txt", texts), "--timeout", "60", "--json", .. tiers]);
        string[] lines = answers.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(texts.Length, lines.Length);
        return [.. lines.Select(line => (string)JsonNode.Parse(line)!["label"]!)];
    }

    private static async Task LinesAsync(string file, int count)
    {
        for (var waited = 0; !File.Exists(file) || File.ReadAllBytes(file).Count(value => value == '\n') < count; waited++)
        {
            Assert.True(waited < 1200, $"{file} has not come to {count} lines.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static void AssertSame(string offline, string served)
    {
        var left = File.ReadLines(served).Select(Logits).ToList();
        Assert.Equal(Samples, left.Count);
        foreach (var expected in File.ReadLines(offline).Select(Logits))
            Assert.True(left.Remove(left.First(row => row.Zip(expected).All(pair => Math.Abs(pair.First - pair.Second) < 1e-3))));

        static double[] Logits(string line)
        {
            var logits = JsonElement.Parse(line).GetProperty("logits");
            Assert.Equal(["0", "1", "2", "3"], logits.EnumerateObject().Select(exit => exit.Name));
            return [.. logits.EnumerateObject().SelectMany(exit => exit.Value.EnumerateArray()).Select(value => value.GetDouble())];
        }
    }

    private JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(_folder.File(file)))!;

    private string Write(string file, string[] lines)
    {
        File.WriteAllText(_folder.File(file), string.Join('\n', lines) + "\n");
        return _folder.File(file);
    }

    /// <summary>As in training.</summary>
    private static string[] Usual() => [.. Enumerable.Range(1000, Samples).Select(i => i % 2 == 0
        ? $"rain and wind number {i} tomorrow"
        : $"the match number {i} ended in a draw")];

    /// <summary>The same words in any order.</summary>
    private static string[] Shifted()
    {
        var random = new Random(7);
        string[] words = ["rain", "wind", "tomorrow", "and", "the", "match", "ended", "in", "a", "draw", "number", "sport", "weather"];
        return [.. Enumerable.Range(0, Samples).Select(_ =>
            string.Join(' ', Enumerable.Range(0, random.Next(2, 9)).Select(_ => words[random.Next(words.Length)])))];
    }
}
