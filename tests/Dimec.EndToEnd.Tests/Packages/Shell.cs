using System.Diagnostics;

namespace Dimec.EndToEnd.Tests.Packages;

/// <summary>Runs the SDK and the repository's scripts.</summary>
internal static class Shell
{
    /// <summary>Runs a command of the shell's to its end, which must be a good one, and gives what it wrote.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="command">The command.</param>
    /// <param name="environment">What differs in its environment; null takes a variable away.</param>
    public static async Task<string> DoneAsync(string folder, string command, params (string Name, string? Value)[] environment)
    {
        var log = Path.GetTempFileName();
        try
        {
            // Into a file: build servers that outlive the command would hold a pipe open.
            var start = new ProcessStartInfo("bash")
            {
                WorkingDirectory = folder,
                ArgumentList = { "-c", $"({command}) > '{log}' 2>&1 < /dev/null" },
            };
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var written = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{command} ended with {process.ExitCode}: {written}");
            return written;
        }
        finally
        {
            File.Delete(log);
        }
    }
}
