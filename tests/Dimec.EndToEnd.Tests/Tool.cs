using System.Diagnostics;
using System.Security.Cryptography;

namespace Dimec.EndToEnd.Tests;

/// <summary>Runs the tool as a process of its own, as a user does.</summary>
internal static class Tool
{
    private const string DimecTool = "Dimec.Cli.dll";
    private const string ErrorPrefix = "error: ";

    public static Process Start(params string[] arguments) => Start([], arguments);

    /// <summary>Starts it with variables in its environment.</summary>
    public static Process Start(IReadOnlyList<(string Name, string Value)> environment, string[] arguments) =>
        Start(DimecTool, environment, arguments);

    /// <summary>Starts one of the executables.</summary>
    /// <param name="assembly">Its file, e.g. <c>dimec-tier.dll</c>.</param>
    /// <param name="environment">Variables for its environment.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process Start(string assembly, IReadOnlyList<(string Name, string Value)> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(Signals.InterruptsAreIgnored ? "env" : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // What nohup starts, or a script with &, ignores Ctrl-C, and so do its children; a user's shell has it otherwise.
        if (Signals.InterruptsAreIgnored)
        {
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<Result> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs a command to its end with variables in its environment.</summary>
    public static Task<Result> RunAsync(IReadOnlyList<(string Name, string Value)> environment, string[] arguments)
        => EndAsync(Start(environment, arguments));

    /// <summary>Runs one of the executables to its end.</summary>
    public static Task<Result> RunToolAsync(string assembly, string argument, params string[] arguments)
        => EndAsync(Start(assembly, [], [argument, .. arguments]));

    private static async Task<Result> EndAsync(Process started)
    {
        using var process = started;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Result(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a command that must succeed.</summary>
    public static async Task<Result> DoneAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(
            result.ExitCode == 0, $"dimec {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}{result.Output}");
        return result;
    }

    /// <summary>
    /// Runs a command whose call or input is wrong: it ends with 2, says one sentence for each mistake and nothing of its own insides, and
    /// leaves the folder as it was.
    /// </summary>
    /// <param name="folder">The folder in which the command would write.</param>
    /// <param name="arguments">The command.</param>
    /// <param name="sentences">What each sentence must hold, in their order.</param>
    public static async Task RefusedAsync(string folder, string[] arguments, params string[] sentences)
    {
        var before = Snapshot(folder);
        var result = await RunAsync(arguments);

        Assert.True(
            result.ExitCode == 2, $"dimec {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}{result.Output}");
        Assert.Equal("", result.Output);
        string[] errors = [.. result.Error
            .Split('\n')
            .Where(line => line.StartsWith(ErrorPrefix, StringComparison.Ordinal))
            .Select(line => line[ErrorPrefix.Length..])];
        Assert.True(errors.Length == sentences.Length, $"{sentences.Length} sentences were expected: {result.Error}");
        foreach (var (error, sentence) in errors.Zip(sentences))
            Assert.True(error.Contains(sentence, StringComparison.Ordinal), $"'{sentence}' was expected in: {error}");
        Assert.All(errors, error => Assert.EndsWith(".", error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(folder));
    }

    private static string[] Snapshot(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => File.Exists(path) ? $"{path} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}" : path)];

    public sealed record Result(int ExitCode, string Output, string Error);
}
