namespace Dimec.Cli.Tests.Commands;

/// <summary>A command that fails leaves no folder that was made for it.</summary>
public sealed class FailedCommandTests : IDisposable
{
    private readonly PredictedRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_map_that_fails_leaves_no_folder()
    {
        var epoch = Directory.GetFiles(_run.Path, "dynamics_epoch_3.jsonl", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Last();
        await File.AppendAllTextAsync(epoch, "{\n", TestContext.Current.CancellationToken);
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync("map", _run.Path, "--out", _run.File("new", "deep")));
        Assert.Contains("dynamics_epoch_3.jsonl", screen.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_run.File("new")));
    }
}
