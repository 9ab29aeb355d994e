using System.Text.RegularExpressions;

namespace Dimec.Architecture.Tests;

/// <summary>Holds which folder of the core may use which: each has a namespace, and the arrows between them go one way.</summary>
public sealed partial class CoreFolderTests
{
    private static readonly string s_core = Path.Combine(Repository.Root, "src", "Dimec");

    /// <summary>Each folder, and the only ones that it may use. The order is that of the rooms: nothing points down. What lies beside them all may use.</summary>
    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        ["Display"] = [],
        ["Files"] = [],
        ["Json"] = ["Files"],
        ["Statistics"] = ["Files", "Json"],
        ["Predictions"] = ["Files", "Json"],
        ["Bundles"] = ["Display", "Files", "Json", "Predictions"],
        ["Cartography"] = ["Files", "Json", "Predictions"],
        ["Costs"] = ["Display", "Files", "Json"],
        ["Pools"] = ["Files", "Predictions", "Cartography"],
        ["Policies"] = ["Files", "Json", "Predictions", "Cartography", "Costs", "Pools"],
        ["Planning"] = ["Files", "Json", "Statistics", "Predictions", "Costs", "Pools", "Policies"],
        ["Evaluation"] = ["Files", "Json", "Statistics", "Predictions", "Costs", "Pools", "Policies", "Planning"],
    };

    private static readonly HashSet<string> s_types = [.. typeof(InputException).Assembly.GetTypes().Select(type => $"{type.Namespace}.{type.Name}")];

    public static TheoryData<string> Folders => [.. s_mayUse.Keys];

    [Fact]
    public void Every_folder_has_its_row_here_and_no_row_points_down()
    {
        var found = Directory.GetDirectories(s_core).Select(folder => Path.GetFileName(folder)).Except(["bin", "obj"]);
        Assert.Equal(s_mayUse.Keys.Order(), found.Order());
        string[] order = [.. s_mayUse.Keys];
        Assert.All(s_mayUse, row => Assert.Subset(order[..Array.IndexOf(order, row.Key)].ToHashSet(), row.Value.ToHashSet()));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_those_that_it_may_use(string folder) =>
        Assert.All(Directory.GetFiles(Path.Combine(s_core, folder), "*.cs", SearchOption.AllDirectories), file => Assert.Empty(Used(file).Except([folder, .. s_mayUse[folder]])));

    [Fact]
    public void What_lies_beside_the_folders_uses_none_of_them() => Assert.All(Directory.GetFiles(s_core, "*.cs"), file => Assert.Empty(Used(file)));

    /// <summary>The folders whose namespace a file opens, or whose types it names by it.</summary>
    private static IEnumerable<string> Used(string file)
    {
        var text = File.ReadAllText(file);
        return Opened().Matches(text).Select(match => match.Groups[1].Value)
            .Concat(Named().Matches(text).Where(match => s_types.Contains($"Dimec.{match.Groups[1].Value}.{match.Groups[2].Value}")).Select(match => match.Groups[1].Value))
            .Distinct();
    }

    [GeneratedRegex(@"^using Dimec\.(\w+)(?:\.\w+)*;", RegexOptions.Multiline)]
    private static partial Regex Opened();

    [GeneratedRegex(@"\b(\w+)\.(\w+)\b")]
    private static partial Regex Named();
}
