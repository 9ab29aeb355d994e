using System.Text.RegularExpressions;
using Dimec.Architecture.Tests.Documents;

namespace Dimec.Architecture.Tests;

/// <summary>Holds which folder of the core may use which: each has a namespace, and the arrows between them go one way.</summary>
public sealed partial class CoreFolderTests
{
    private static readonly string s_core = Path.Combine(Repository.Root, "src", "Dimec");

    /// <summary>The core's types by their names, without how many parameters they have.</summary>
    private static readonly HashSet<string> s_types = [.. typeof(InputException).Assembly.GetTypes()
        .Select(type => $"{type.Namespace}.{type.Name.Split('`')[0]}")];

    public static TheoryData<string> Folders => [.. ArchitecturePage.CoreFolders.Keys];

    [Fact]
    public void Every_folder_has_its_row_here_and_no_row_points_down()
    {
        var found = Directory.GetDirectories(s_core).Select(folder => Path.GetFileName(folder)).Except(["bin", "obj"]);
        Assert.Equal(ArchitecturePage.CoreFolders.Keys.Order(), found.Order());
        string[] order = [.. ArchitecturePage.CoreFolders.Keys];
        Assert.All(
            ArchitecturePage.CoreFolders, row => Assert.Subset(order[..Array.IndexOf(order, row.Key)].ToHashSet(), row.Value.ToHashSet()));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_those_that_it_may_use(string folder) =>
        Assert.All(Directory.GetFiles(Path.Combine(s_core, folder), "*.cs", SearchOption.AllDirectories), file =>
            Assert.Empty(Used(file).Except([folder, .. ArchitecturePage.CoreFolders[folder]])));

    [Fact]
    public void What_lies_beside_the_folders_uses_none_of_them_but_what_makes_texts_fit_to_be_shown() =>
        Assert.All(Directory.GetFiles(s_core, "*.cs"), file => Assert.Empty(Used(file).Except(["Display"])));

    [Theory]
    [InlineData("using Dimec.Policies;", "Policies")]
    [InlineData("using Dimec.Policies.Fitting;", "Policies")]
    [InlineData("using static Dimec.Planning.Planner;", "Planning")]
    [InlineData("using Front = Dimec.Policies.Fitting.ParetoFront;", "Policies")]
    [InlineData("    var plan = new Planning.Planner(request);", "Planning")]
    [InlineData("    var fitted = Policies.Fitting.FitterList.Default.Names;", "Policies")]
    [InlineData("using System.Text;")]
    [InlineData("    var count = Pools.Count;")]
    public void A_folder_is_used_by_its_namespace_however_deep(string line, params string[] folders) =>
        Assert.Equal(folders, UsedIn(line));

    private static IEnumerable<string> Used(string file) => UsedIn(File.ReadAllText(file));

    /// <summary>The folders whose namespaces a text opens, or whose types it names by them.</summary>
    private static IEnumerable<string> UsedIn(string text) =>
        Opened().Matches(text).Select(match => match.Groups[1].Value)
            .Concat(Named().Matches(text).Select(match => match.Value.Split('.').SkipWhile(part => part == "Dimec").ToArray())
                .Where(parts => Enumerable.Range(2, Math.Max(0, parts.Length - 1))
                    .Any(count => s_types.Contains($"Dimec.{string.Join('.', parts.Take(count))}")))
                .Select(parts => parts[0]))
            .Distinct();

    [GeneratedRegex(@"^using Dimec\.(\w+)(?:\.\w+)*;", RegexOptions.Multiline)]
    private static partial Regex Opened();

    [GeneratedRegex(@"\b\w+(?:\.\w+)+\b")]
    private static partial Regex Named();
}
