using System.Text.Json;
using Dimec.Files;
using Dimec.Predictions;

namespace Dimec.Cli.Tests.Commands;

/// <summary><c>dimec replan</c> over a run: revisions, what was recorded by others, comparisons.</summary>
public sealed class ReplanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReplanTests()
    {
        Directory.CreateDirectory(_folder.File("run", "predictions"));
        AtomicFile.Write(_folder.File("run", "predictions", "selection.jsonl"), MadeTraffic.Of(PartNames.Selection, 800, seed: 1).Write);
        Served("served.jsonl", 2000, "fp32", 'a');
        Served("few.jsonl", 60, "fp32", 'a');
        Served("int8.jsonl", 700, "int8", 'b');
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_next_revision_promises_what_the_one_before_did()
    {
        var (code, screen) = await ReplanAsync("served.jsonl", "first.json", "--max-drop", "0.02", "--confidence", "0.9");
        Assert.Equal((ExitCodes.Done, ""), (code, screen.Error));
        var first = Plan("first.json");
        Assert.False(first.TryGetProperty("revision", out _));

        (code, screen) = await ReplanAsync("served.jsonl", "second.json", "--plan", _folder.File("first.json"));
        Assert.Equal((ExitCodes.Done, ""), (code, screen.Error));
        Assert.Contains(screen.Lines, line => line.Contains("It is revision 2", StringComparison.Ordinal));
        var second = Plan("second.json");
        Assert.Equal((2, FileHash.Of(_folder.File("first.json"))),
            (second.GetProperty("revision").GetInt32(), second.GetProperty("previous").GetString()));
        var promise = second.GetProperty("promise");
        Assert.Equal((0.02, 0.9, "differs", 2000),
            (promise.GetProperty("maxDrop").GetDouble(), promise.GetProperty("confidence").GetDouble(),
                promise.GetProperty("loss").GetString(), promise.GetProperty("n").GetInt32()));
        var served = _folder.File("served.jsonl");
        Assert.Equal(FileHash.Of(served), second.GetProperty("madeFrom").GetProperty(served).GetString());
    }

    [Fact]
    public async Task With_too_few_samples_the_reference_is_the_next_revision()
    {
        var (code, screen) = await ReplanAsync("few.jsonl", "plan.json", "--max-drop", "0.005");
        Assert.Equal(ExitCodes.NotPossible, code);
        Assert.Contains("about 598 samples", screen.Error, StringComparison.Ordinal);
        Assert.Equal("cloud", Plan("plan.json").GetProperty("policy").GetString());
    }

    [Fact]
    public async Task Several_plans_are_compared_on_the_same_samples_with_what_the_recording_costs()
    {
        foreach (var drop in new[] { "0.01", "0.05" })
            Assert.Equal(ExitCodes.Done, (await ReplanAsync("served.jsonl", $"plan{drop}.json", "--max-drop", drop)).Code);
        string[] both = ["--compare", _folder.File("plan0.01.json"), "--compare", _folder.File("plan0.05.json")];
        var screen = new Screen(width: 200);
        string[] call = ["replan", _folder.File("run"), "--from", _folder.File("served.jsonl"), .. both];
        Assert.Equal(ExitCodes.Done, await screen.RunAsync([.. call, "--json"]));
        var compared = JsonElement.Parse(screen.Out);
        Assert.Equal((2000, "layers"), (compared.GetProperty("n").GetInt32(), compared.GetProperty("unit").GetString()));
        JsonElement[] arms = [.. compared.GetProperty("compared").EnumerateArray()];
        Assert.Equal(3, arms.Length);
        foreach (var (arm, name) in arms.Zip(["plan0.01.json", "plan0.05.json"]))
        {
            // As its own promise counted them.
            var promise = Plan(name).GetProperty("promise");
            Assert.Equal(
                (promise.GetProperty("lost").GetInt32(), promise.GetProperty("cost").GetDouble()),
                (arm.GetProperty("differs").GetInt32(), arm.GetProperty("cost").GetDouble()));
        }

        Assert.True(arms[0].GetProperty("cost").GetDouble() > arms[1].GetProperty("cost").GetDouble());
        Assert.Equal(0, arms[2].GetProperty("differs").GetInt32());
        Assert.Equal(9, arms[2].GetProperty("cost").GetDouble());
        Assert.Equal((15, 16), (Recording("tier"), Recording("client")));

        // On the screen, narrow as it is, and beside a plan that is made of the same.
        var narrow = new Screen();
        Assert.Equal(ExitCodes.Done, await narrow.RunAsync([.. call, "--max-drop", "0.02", "--out", _folder.File("new.json")]));
        Assert.Contains(narrow.Lines, line => line.Contains("recording on cloud", StringComparison.Ordinal));
        Assert.Contains(narrow.Lines, line => line.StartsWith(" new.json", StringComparison.Ordinal));

        double Recording(string where) => compared.GetProperty("recording").GetProperty(where).GetDouble();
    }

    [Fact]
    public async Task What_does_not_fit_is_said_in_a_sentence()
    {
        await RefusedAsync("int8.jsonl", $"holds what the bundle {new string('b', 64)} says in int8; replan from that bundle");
        await RefusedAsync("absent.jsonl", "is absent");
        File.WriteAllText(_folder.File("cut.jsonl"), File.ReadAllText(_folder.File("served.jsonl"))[..^9]);
        await RefusedAsync("cut.jsonl", "is the file's last and ends within an object");
        File.WriteAllText(
            _folder.File("mixed.jsonl"), File.ReadAllText(_folder.File("served.jsonl")) + File.ReadAllText(_folder.File("int8.jsonl")));
        await RefusedAsync("mixed.jsonl", "keep what each bundle's exits say in a file of its own");
        File.WriteAllText(
            _folder.File("other.jsonl"),
            File.ReadAllText(_folder.File("served.jsonl")).Replace("\"4\":", "\"5\":", StringComparison.Ordinal));
        await RefusedAsync("other.jsonl", "has the exits 5, which the selection part has not");
        await RefusedAsync("served.jsonl", "--run: is given", "--run", _folder.File("run"));
        await RefusedAsync("served.jsonl", "--max-drop", "--max-drop", "2");
        var screen = new Screen(width: 200);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync("replan", _folder.File("run"), "--from", _folder.File("served.jsonl")));
        Assert.Contains("--out: is missing, and so is --compare", screen.Error, StringComparison.Ordinal);

        // Nor is it planned on elsewhere.
        screen = new Screen(width: 200);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync(
            "plan", _folder.File("run"), "--policy", "any", "--calibration", _folder.File("int8.jsonl"),
            "--out", _folder.File("none.json")));
        Assert.Contains("says in int8; replan from that bundle", screen.Error, StringComparison.Ordinal);

        async Task RefusedAsync(string file, string sentence, params string[] options)
        {
            var (code, screen) = await ReplanAsync(file, "none.json", options);
            Assert.Equal(ExitCodes.BadInput, code);
            Assert.Contains(sentence, screen.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(_folder.File("none.json")));
        }
    }

    private void Served(string file, int n, string precision, char bundle)
    {
        var exits = MadeTraffic.Of(PartNames.Calibration, n, seed: n, labelled: false, prefix: $"{precision}-");
        var (by, on) = (new string(bundle, 64), "x64-vnni");
        var said = $",\"exits\":{{\"precision\":\"{precision}\",\"bundle\":\"{by}\",\"processor\":\"{on}\"}}}}";
        var lines = TextFiles.Written(exits.Write).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        File.WriteAllText(_folder.File(file), string.Concat(lines.Select(line => line[..^1] + said + "\n")));
    }

    private JsonElement Plan(string name) => JsonElement.Parse(File.ReadAllBytes(_folder.File(name)));

    private async Task<(int Code, Screen Screen)> ReplanAsync(string file, string output, params string[] options)
    {
        var screen = new Screen(width: 200);
        string[] call = ["replan", _folder.File("run"), "--from", _folder.File(file), "--out", _folder.File(output), .. options];
        return (await screen.RunAsync(call), screen);
    }
}
