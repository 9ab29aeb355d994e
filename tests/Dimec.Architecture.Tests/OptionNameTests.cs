using System.Reflection;
using System.Text.RegularExpressions;
using Dimec.Architecture.Tests.Documents;
using Dimec.Training;

namespace Dimec.Architecture.Tests;

/// <summary>
/// Holds that the libraries know nothing of a command line: they speak of properties, by OptionNames, and the tool's tables of flags.
/// </summary>
public sealed partial class OptionNameTests
{
    /// <summary>The executables' projects.</summary>
    private static readonly string[] s_tools = ["Dimec.Cli", "Dimec.CommandLine", "Dimec.Tier"];

    /// <summary>Names of an ablation's rows and of a run's notes, which stand in their files, and a variable of a style sheet.</summary>
    private static readonly string[] s_others = ["PlanSwitches.cs", "TrainingVariant.cs", "RunData.cs", "SvgCanvas.cs"];

    [Fact]
    public void No_library_has_a_flag_in_a_text() =>
        Assert.Empty(Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
            .Where(project => !s_tools.Contains(Path.GetFileName(project)))
            .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("obj") && !s_others.Contains(Path.GetFileName(path)))
            .SelectMany(path => File.ReadLines(path)
                .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Flag().IsMatch(line))
                .Select(line => $"{path}: {line.Trim()}")));

    [Fact]
    public void Every_option_that_is_spoken_of_is_a_property()
    {
        var types = Directory.GetFiles(AppContext.BaseDirectory, "Dimec*.dll")
            .SelectMany(file => Assembly.Load(Path.GetFileNameWithoutExtension(file)).GetTypes())
            .ToLookup(type => type.Name);
        var named = Sources.Files("*.cs", "src").SelectMany(file => Named().Matches(File.ReadAllText(file))).ToArray();

        Assert.NotEmpty(named);
        Assert.All(named, call => Assert.Contains(
            types[call.Groups["owner"].Value], type => type.GetProperty(call.Groups["property"].Value) is not null));
        Assert.All(Enum.GetNames<TrainingOption>(), name => Assert.NotNull(typeof(TrainingArguments).GetProperty(name)));
    }

    [Fact]
    public void No_option_is_spoken_of_by_a_text() =>
        Assert.DoesNotContain(Sources.Files("*.cs", "src"), file => Text().IsMatch(File.ReadAllText(file)));

    [GeneratedRegex(@"OptionNames\.\w+<(?<owner>\w+)>\(nameof\((?:\w+\.)*(?<property>\w+)\)\)")]
    private static partial Regex Named();

    [GeneratedRegex("OptionNames\\.\\w+(?:<\\w+>)?\\(\\s*[$@]*\"")]
    private static partial Regex Text();

    [GeneratedRegex("\"[^\"]*--[a-z]")]
    private static partial Regex Flag();
}
