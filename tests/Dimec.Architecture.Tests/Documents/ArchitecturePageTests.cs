using System.Text.RegularExpressions;

namespace Dimec.Architecture.Tests.Documents;

/// <summary>Holds that every name on the map of the house is one that the house has.</summary>
public sealed partial class ArchitecturePageTests
{
    public static TheoryData<string> Names => [.. ArchitecturePage.Page.Code().Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_on_the_map_is_one_that_the_house_has(string name) => Assert.True(
        IsProject(name) || IsFolder(name) || Sources.IsPlace(name) || Sources.IsPlace($"src/{name}")
        || IsType(name) || IsPackage(name) || Sources.Literals.Contains(name) || IsCommand(name), name);

    [Fact]
    public void The_picture_shows_the_arrows_of_the_table()
    {
        var arrows = Arrow().Matches(ArchitecturePage.Page.Blocks("mermaid").Single())
            .ToDictionary(
                node => Name(node.Groups["from"].Value), node => node.Groups["to"].Captures.Select(to => Name(to.Value)).ToArray());
        Assert.Equal(ArchitecturePage.Projects.Keys.Order(), arrows.Keys.Order());
        // An arrow that others imply is left out, so that the picture can be read.
        Assert.All(ArchitecturePage.Projects, row => Assert.Equal(Reached(row.Key, ArchitecturePage.Projects), Reached(row.Key, arrows)));

        static string Name(string node) => node == "Core" ? "Dimec" : $"Dimec.{node}";
    }

    private static SortedSet<string> Reached(string project, IReadOnlyDictionary<string, string[]> arrows) =>
        [.. arrows[project], .. arrows[project].SelectMany(used => Reached(used, arrows))];

    private static bool IsProject(string name) =>
        new[] { "src", "tests", "bench" }.Any(kind => Sources.IsPlace($"{kind}/{name}/{name}.csproj"));

    /// <summary>A folder of a project, or of its tests, whose files are named there as well.</summary>
    private static bool IsFolder(string name) =>
        Folder().IsMatch(name)
        && new[] { $"src/*/{name}", $"src/*/*/{name}", $"tests/*/{name}", $"tests/*/{name}.cs" }.Any(Sources.IsPlace);

    private static bool IsPackage(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props")).Contains($"Include=\"{name}", StringComparison.Ordinal);

    /// <summary>A type, or a type's member: what a type is made with stands in angle brackets or not at all.</summary>
    private static bool IsType(string name)
    {
        var parts = TypeParameters().Replace(name, "").Split('.');
        return Sources.Types.TryGetValue(parts[0], out var declared)
            && parts.Length <= 2
            && (parts.Length == 1 || declared.Any(text => Regex.IsMatch(text, $@"\b{Regex.Escape(parts[1])}\b")));
    }

    /// <summary>A call of one of the programs: every word and option of it is one that the code knows.</summary>
    internal static bool IsCommand(string name)
    {
        var words = name.Split(' ');
        return words[0] is "dimec" or "dimec-tier"
            && words[1..].Where(word => word.StartsWith("--", StringComparison.Ordinal) || char.IsLower(word[0]))
                .All(Sources.Literals.Contains);
    }

    [GeneratedRegex(@"^[A-Z]\w*(/[A-Z]\w*)*$")]
    private static partial Regex Folder();

    /// <summary>A node of the picture, and what it points to.</summary>
    [GeneratedRegex(@"^  (?<from>\w+)[\[(]+[\w.-]+[\])]+(?: --> (?<to>\w+)(?: & (?<to>\w+))*)?$", RegexOptions.Multiline)]
    private static partial Regex Arrow();

    [GeneratedRegex("<.*>")]
    private static partial Regex TypeParameters();
}
