using System.Text.Json;

namespace Dimec.EndToEnd.Tests;

/// <summary>libtorch is half a gigabyte: whoever only reads a run, or serves, does not load it.</summary>
public sealed class WithoutTorchTests(MadeRun made) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_training_loads_it_and_what_reads_a_run_does_not()
    {
        TracedTool.Require();
        var (data, backbone) = (MadeData.WriteTsv(_folder.File("weather.tsv")), MadeCheckpoint.Write(_folder.File("encoder")));
        // The control: what is not seen here would prove nothing about the others.
        await using var train = await TracedTool.DoneAsync(
            _folder.File("train"), "train", "--data", data, "--backbone", backbone, "--exits", "1,2", "--epochs", "1", "--threads", "1",
            "--out", _folder.File("run"));
        Assert.NotEmpty(train.Seen().Opened("libtorch"));

        using var run = new PredictedRun();
        var foreign = _folder.File("foreign");
        Directory.CreateDirectory(foreign);
        Directory.CreateSymbolicLink(
            Path.Combine(foreign, "training_dynamics"), run.File("run", "dynamics", "exit-6", "training_dynamics"));
        string[][] commands =
        [
            ["map", foreign, "--out", _folder.File("mapped")],
            ["map", run.Path],
            ["plan", run.Path, "--policy", "pools", "--max-drop", "1", "--out", run.File("plan.json")],
            ["evaluate", run.Path, "--plan", run.File("plan.json")],
            ["report", run.Path, "--plan", run.File("plan.json"), "--out", run.File("report.html")],
        ];
        foreach (var command in commands)
        {
            await using var tool = await TracedTool.DoneAsync(_folder.File($"{command[0]}-{Array.IndexOf(commands, command)}"), command);
            Assert.NotEmpty(tool.Seen().Opened("libcoreclr"));
            Assert.Equal([], tool.Seen().Opened("libtorch"));
            Assert.Equal([], tool.Seen().Opened("LibTorchSharp"));
        }
    }

    [Fact]
    public async Task A_tier_and_its_client_do_without_it()
    {
        TracedTool.Require();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(s_limit);
        await using var tier = TracedTool.Start(
            _folder.File("tier"), [], "serve", made.Bundle, "--tier", "edge", "--http-port", "0", "--grpc-port", "0", "--json",
            "--stop-with-input");
        using var ready = JsonDocument.Parse(await tier.LineAsync(stop.Token));
        var grpc = new Uri(ready.RootElement.GetProperty("grpc").GetString()!).Port;
        await using var client = await TracedTool.DoneAsync(
            _folder.File("client"), "classify", made.Bundle, "--edge", $"grpc://127.0.0.1:{grpc}", "rain and wind tomorrow");
        await tier.EndAsync();
        foreach (var tool in new[] { tier, client })
        {
            Assert.NotEmpty(tool.Seen().Opened("libonnxruntime"));
            Assert.Equal([], tool.Seen().Opened("libtorch"));
            Assert.Equal([], tool.Seen().Opened("LibTorchSharp"));
        }
    }
}
