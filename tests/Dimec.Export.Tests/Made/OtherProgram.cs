using System.ComponentModel;
using System.Diagnostics;

namespace Dimec.Export.Tests.Made;

/// <summary>A program of others that reads what we write.</summary>
internal static class OtherProgram
{
    /// <summary>Runs it to its end, which must be a good one; skips the calling test with a clear message where it is absent.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote to standard output.</returns>
    public static async Task<string> RequireAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Started(start);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
        return await output;
    }

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{start.FileName} is not on this machine.");
            throw;
        }
    }
}
