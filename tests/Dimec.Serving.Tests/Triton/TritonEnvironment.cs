using System.Diagnostics;

namespace Dimec.Serving.Tests.Triton;

/// <summary>
/// A Python environment with NVIDIA's client in it, made once from the wheels beside the checkout and kept in the temporary folder.
/// </summary>
internal static class TritonEnvironment
{
    /// <summary>The environment's interpreter; skips the calling test with a clear message where it cannot be had.</summary>
    public static async Task<string> RequirePythonAsync()
    {
        var wheels = Repository.RequireShared("wheels");
        var folder = Path.Combine(Path.GetTempPath(), "dimec-tests-tritonclient");
        var python = Path.Combine(folder, "bin", "python");
        if (await Succeeds(python, "-c", "import tritonclient.grpc, tritonclient.http"))
            return python;
        if (!await Succeeds("python3", "-c", "import venv, ensurepip"))
            Assert.Skip("The Triton client needs python3 with venv, which this machine lacks.");

        var (exit, output) = await RunAsync("python3", "-m", "venv", "--clear", folder);
        if (exit == 0)
        {
            (exit, output) = await RunAsync(
                python, "-m", "pip", "install", "--quiet", "--no-index", "--find-links", wheels, "tritonclient[grpc,http]");
        }

        if (exit != 0)
            Assert.Skip($"The Triton client cannot be installed from {wheels} (they are built for one Python version): {output}");
        return python;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and all that it printed.</returns>
    public static async Task<(int Exit, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private static async Task<bool> Succeeds(string program, params string[] arguments)
    {
        try
        {
            return (await RunAsync(program, arguments)).Exit == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
