using System.Text.RegularExpressions;

namespace Dimec.Architecture.Tests;

/// <summary>
/// Holds that the libraries know nothing of a command line: they speak of properties, by OptionNames, and the tool's tables of flags.
/// </summary>
public sealed partial class OptionNameTests
{
    /// <summary>The executables' projects.</summary>
    private static readonly string[] s_tools = ["Dimec.Cli", "Dimec.CommandLine", "Dimec.Tier"];

    /// <summary>Names of an ablation's rows, which stand in its file, and a variable of a style sheet.</summary>
    private static readonly string[] s_others = ["PlanSwitches.cs", "TrainingVariant.cs", "SvgCanvas.cs"];

    [Fact]
    public void No_library_has_a_flag_in_a_text() =>
        Assert.Empty(Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
            .Where(project => !s_tools.Contains(Path.GetFileName(project)))
            .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("obj") && !s_others.Contains(Path.GetFileName(path)))
            .SelectMany(path => File.ReadLines(path)
                .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Flag().IsMatch(line))
                .Select(line => $"{path}: {line.Trim()}")));

    [GeneratedRegex("\"[^\"]*--[a-z]")]
    private static partial Regex Flag();
}
