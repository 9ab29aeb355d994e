using System.Diagnostics;

namespace Dimec.Cli.Tests.Commands;

/// <summary>A pipe in place of a file that a command reads ends it with a sentence; opened, it would block for ever.</summary>
public sealed class PipesTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly PredictedRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("run.json", "map", "RUN")]
    [InlineData("run.json", "plan", "RUN", "--policy", "edge", "--out", "OUT/plan.json")]
    [InlineData("dynamics/exit-6/training_dynamics/dynamics_epoch_1.jsonl", "map", "RUN")]
    [InlineData("predictions/selection.jsonl", "plan", "RUN", "--policy", "edge", "--out", "OUT/plan.json")]
    [InlineData("predictions/dev.jsonl", "evaluate", "RUN")]
    [InlineData("td_metrics.jsonl", "filter", "RUN", "--metric", "confidence", "--fraction", "0.5", "--out", "OUT/chosen.tsv")]
    [InlineData("costs.json", "plan", "RUN", "--policy", "edge", "--costs", "RUN/costs.json", "--out", "OUT/plan.json")]
    [InlineData("plan.json", "evaluate", "RUN", "--plan", "RUN/plan.json")]
    [InlineData("data.tsv", "train", "--data", "RUN/data.tsv", "--out", "OUT/other")]
    [InlineData("data.jsonl", "train", "--data", "RUN/data.jsonl", "--out", "OUT/other")]
    public async Task A_command_does_not_wait_for_it(string name, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files.");
        var path = Path.Combine(_run.Path, name);
        File.Delete(path);
        using (var made = Process.Start("mkfifo", [path]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        var screen = new Screen(width: 1000, isTerminal: false);
        string[] call = [.. arguments.Select(argument =>
            argument.Replace("RUN", _run.Path, StringComparison.Ordinal).Replace("OUT", _run.Folder, StringComparison.Ordinal))];

        var code = await Task.Run(() => screen.RunAsync(call), TestContext.Current.CancellationToken)
            .WaitAsync(s_patience, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains($"{path}: is a pipe, not a file", screen.Error, StringComparison.Ordinal);
    }
}
