using System.Diagnostics;

namespace Dimec.EndToEnd.Tests;

/// <summary>
/// A training that is killed at any moment, or interrupted, and resumed by the same command ends as one that was never stopped.
/// </summary>
public sealed class SuddenDeathTests
{
    private const int Rows = 2400;
    private const int Epochs = 3;
    private const int Attempts = 5;

    [Fact]
    public async Task A_training_killed_and_interrupted_again_and_again_ends_byte_for_byte_as_the_unbroken_one()
    {
        using var folder = new TemporaryFolder();
        var data = MadeData.WriteTsv(folder.File("weather.tsv"), Rows);
        var backbone = MadeCheckpoint.Write(folder.File("encoder"));
        var (whole, broken) = (folder.File("whole"), folder.File("broken"));
        await Tool.DoneAsync(Train(whole));

        // In the first epoch, before there is anything to go on from.
        await InTimeAsync(IsTraining, Kill);
        Assert.Empty(Checkpoints());
        // As soon as there is a checkpoint, which may be while the next file is written.
        await InTimeAsync(_ => true, Kill, until: () => Checkpoints().Length > 0);
        var checkpoints = Checkpoints();
        Assert.NotEmpty(checkpoints);
        // In the middle of a later epoch.
        await InTimeAsync(IsTraining, Kill);
        Assert.Equal(checkpoints, Checkpoints());
        // The same by Ctrl-C, which saves the steps that were made.
        await InTimeAsync(IsTraining, Signals.InterruptAsync, exitCode: 130);
        Assert.True(string.CompareOrdinal(Checkpoints()[^1], checkpoints[^1]) > 0, "Ctrl-C left no checkpoint of its own.");
        // While the results are written.
        await InTimeAsync(line => line.StartsWith("answering", StringComparison.Ordinal), Kill);
        await Tool.DoneAsync(Train(broken));

        AssertSame(whole, broken);

        string[] Train(string run) =>
            ["train", "--data", data, "--backbone", backbone, "--exits", "1,2,3", "--epochs", $"{Epochs}", "--threads", "1", "--out", run];

        string[] Checkpoints() => Directory.Exists(Path.Combine(broken, "checkpoints"))
            ? [.. Directory.GetFiles(Path.Combine(broken, "checkpoints"), "step-*.safetensors").Order(StringComparer.Ordinal)]
            : [];

        // On a busy machine the training may be through before its end reaches it, which says nothing of sudden deaths:
        // then again from where it was.
        async Task InTimeAsync(Predicate<string> reached, Func<Process, Task> end, int? exitCode = null, Func<bool>? until = null)
        {
            var before = Directory.Exists(broken) ? MadeRun.Copy(broken, folder.File("before")) : null;
            for (var attempt = 1; !await EndAsync(reached, end, exitCode, until); attempt++)
            {
                Assert.True(attempt < Attempts, "The training was through before it could be ended, again and again.");
                Directory.Delete(broken, recursive: true);
                if (before is not null)
                    MadeRun.Copy(before, broken);
            }

            if (before is not null)
                Directory.Delete(before, recursive: true);
        }

        async Task<bool> EndAsync(Predicate<string> reached, Func<Process, Task> end, int? exitCode, Func<bool>? until)
        {
            using var process = Tool.Start(Train(broken));
            var output = process.StandardOutput.ReadToEndAsync();
            while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !reached(line))
            {
            }

            while (until is not null && !until() && !process.HasExited)
                await Task.Delay(1, TestContext.Current.CancellationToken);
            if (!process.HasExited)
                await end(process);
            var error = process.StandardError.ReadToEndAsync();
            await Signals.EndedAsync(process);
            if (process.ExitCode == 0)
                return false;
            Assert.True(exitCode is null || process.ExitCode == exitCode, $"It ended with {process.ExitCode}: {await error}{await output}");
            return true;
        }
    }

    private static bool IsTraining(string line) => line.StartsWith("epoch ", StringComparison.Ordinal);

    private static Task Kill(Process process)
    {
        process.Kill();
        return Task.CompletedTask;
    }

    /// <summary>The results are the same, and nothing is left of what was being written when the processes died.</summary>
    private static void AssertSame(string whole, string broken)
    {
        Assert.Equal(Files(whole), Files(broken));
        foreach (var file in Files(whole).Where(file => Path.GetFileName(file) is not ("run.json" or ".lock")))
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(whole, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(broken, file))),
                $"{file} differs.");
        }

        string[] results = ["model", "dynamics", "predictions", "embeddings"];
        Assert.All(results, folder =>
            Assert.Contains(Files(whole), file => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)));
    }

    private static string[] Files(string run) =>
        [.. Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(run, path))
            .Order(StringComparer.Ordinal)];
}
