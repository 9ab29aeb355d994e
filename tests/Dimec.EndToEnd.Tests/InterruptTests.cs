using System.Diagnostics;

namespace Dimec.EndToEnd.Tests;

/// <summary>Ctrl-C ends what waits or works with 130, and nothing half-written stays behind.</summary>
public sealed class InterruptTests(MadeRun made)
{
    [Fact]
    public async Task An_export_leaves_the_earlier_bundle_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var bundle = MadeRun.Copy(made.Bundle, folder.File("bundle"));
        var before = File.ReadAllBytes(Path.Combine(bundle, "bundle.json"));
        using var process = Tool.Start("export", made.Run, "--plan", made.EdgePlan, "--revision", "2", "--out", bundle);
        await LoadingAsync(process);
        await Signals.InterruptAsync(process);

        await Signals.EndedAsync(process);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(bundle, "bundle.json")));
        Assert.Equal([bundle], Directory.EnumerateFileSystemEntries(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_classification_that_waits_for_lines_ends_at_once()
    {
        using var process = Tool.Start("classify", made.Bundle, "-");
        await process.StandardInput.WriteLineAsync("rain and wind tomorrow");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        await Signals.InterruptAsync(process);
        await Signals.EndedAsync(process);
        Assert.Equal(130, process.ExitCode);
    }

    /// <summary>
    /// Waits until it loads the library of the model, which an export does in the middle of its work and which takes a while.
    /// </summary>
    private static async Task LoadingAsync(Process process)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a process has loaded.");
        while (!(await File.ReadAllTextAsync($"/proc/{process.Id}/maps", TestContext.Current.CancellationToken)).Contains(
            "libtorch_cpu", StringComparison.Ordinal))
        {
            Assert.False(process.HasExited, "The export ended before it loaded the model.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
