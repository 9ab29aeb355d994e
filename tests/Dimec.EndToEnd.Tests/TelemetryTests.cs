using System.Text.Json;

namespace Dimec.EndToEnd.Tests;

/// <summary>
/// No native library of the tool's, the tiers' or the client's speaks to anybody or leaves a file behind:
/// ONNX Runtime's does unless it is told not to.
/// </summary>
public sealed class TelemetryTests(MadeRun made) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_name_is_looked_up_and_no_file_is_written_unless_the_user_turns_telemetry_on()
    {
        TracedTool.Require();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(s_limit);
        // The control: what is not seen there within the time would prove nothing about the others.
        await using var control = Serve("control", ("ORT_DISABLE_TELEMETRY", "0"));
        await using var tier = Serve("tier");
        await ReadyAsync(control, stop.Token);
        var (http, grpc) = await ReadyAsync(tier, stop.Token);

        await using var classify = await TracedTool.DoneAsync(
            _folder.File("classify"), "classify", made.Bundle, "--edge", $"grpc://127.0.0.1:{grpc}", "rain and wind tomorrow");
        await using var rest = await TracedTool.DoneAsync(
            _folder.File("rest"), "classify", made.Bundle, "--edge", $"http://127.0.0.1:{http}", "rain and wind tomorrow");
        Assert.Equal([], classify.Seen().Strangers(grpc));
        Assert.Equal([], rest.Seen().Strangers(http));
        foreach (var client in new[] { classify, rest })
            IsQuiet(client);

        while (!control.Seen().LookUps.Any())
            await Task.Delay(TimeSpan.FromMilliseconds(200), stop.Token);
        Assert.NotEmpty(Directory.EnumerateFiles(control.Home, "deviceid", SearchOption.AllDirectories));
        Assert.NotEmpty(control.Seen().Made());
        Assert.NotEmpty(control.Seen().Strangers(http, grpc));
        // It began after the control, and gets as long.
        await Task.Delay(TimeSpan.FromSeconds(2), stop.Token);
        await tier.EndAsync();
        Assert.Equal([], tier.Seen().Strangers());
        IsQuiet(tier);
    }

    [Fact]
    public async Task A_training_and_its_report_speak_to_nobody_and_write_where_they_are_told()
    {
        TracedTool.Require();
        var (data, backbone, run) = (
            MadeData.WriteTsv(_folder.File("weather.tsv")), MadeCheckpoint.Write(_folder.File("encoder")), _folder.File("run"));
        string[][] commands =
        [
            ["train", "--data", data, "--backbone", backbone, "--exits", "1,2,3", "--epochs", "1", "--threads", "1", "--out", run],
            ["map", run],
            ["plan", run, "--policy", "edge", "--max-drop", "1", "--out", _folder.File("run", "plan.json")],
            ["export", run, "--plan", _folder.File("run", "plan.json"), "--out", _folder.File("run", "bundle")],
            ["report", run, "--plan", _folder.File("run", "plan.json"), "--out", _folder.File("run", "report.html")],
        ];
        foreach (var command in commands)
        {
            await using var tool = await TracedTool.DoneAsync(_folder.File(command[0]), command);
            Assert.Equal([], tool.Seen().Strangers());
            IsQuiet(tool, run, tool.Temporary);
        }
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("classify")]
    [InlineData("demo")]
    public async Task The_help_says_how_to_turn_it_on(string command) =>
        Assert.Contains("ORT_DISABLE_TELEMETRY=0", (await Tool.DoneAsync(command, "--help")).Output, StringComparison.Ordinal);

    private static void IsQuiet(TracedTool tool, params string[] folders)
    {
        Assert.Equal([], tool.Seen().LookUps);
        // By which a debugger reaches any .NET program.
        Assert.Equal([], tool.Seen().Made([.. folders, Path.Combine(tool.Temporary, "clr-debug-pipe-")]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(tool.Home));
    }

    private TracedTool Serve(string name, params (string Name, string Value)[] environment) =>
        TracedTool.Start(
            _folder.File(name), environment, "serve", made.Bundle, "--tier", "edge", "--http-port", "0", "--grpc-port", "0", "--json",
            "--stop-with-input");

    private static async Task<(int Http, int Grpc)> ReadyAsync(TracedTool tier, CancellationToken stop)
    {
        using var ready = JsonDocument.Parse(await tier.LineAsync(stop));
        return (PortOf(ready, "http"), PortOf(ready, "grpc"));
    }

    private static int PortOf(JsonDocument ready, string side) => new Uri(ready.RootElement.GetProperty(side).GetString()!).Port;
}
