using System.Diagnostics;
using Dimec.Tests;

namespace Dimec.EndToEnd;

/// <summary>Ctrl-C ends what waits or works with 130, and nothing half-written stays behind.</summary>
public sealed class InterruptTests(MadeRun made)
{
    [Fact]
    public async Task An_export_leaves_the_earlier_bundle_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var bundle = MadeRun.Copy(made.Bundle, folder.File("bundle"));
        var before = File.ReadAllBytes(Path.Combine(bundle, "bundle.json"));
        // A pipe in the plan's place: the export waits in the middle of its work until the plan comes.
        var plan = await PipeAsync(folder.File("plan.json"));
        using var process = Tool.Start("export", made.Run, "--plan", plan, "--revision", "2", "--out", bundle);
        await using (var pipe = await Task.Run(() => new FileStream(plan, FileMode.Open, FileAccess.Write)))
        {
            await Signals.InterruptAsync(process);
            await Task.Delay(200, TestContext.Current.CancellationToken);
            await pipe.WriteAsync(File.ReadAllBytes(made.EdgePlan), TestContext.Current.CancellationToken);
        }

        await Signals.EndedAsync(process);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(bundle, "bundle.json")));
        Assert.Equal([bundle, plan], Directory.EnumerateFileSystemEntries(folder.Path).Order(StringComparer.Ordinal));
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

    private static async Task<string> PipeAsync(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no named pipes among Windows' files.");
        using var made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync();
        Assert.Equal(0, made.ExitCode);
        return path;
    }
}
