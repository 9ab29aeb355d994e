using System.Text.RegularExpressions;
using Dimec.Architecture.Tests.Documents;

namespace Dimec.Architecture.Tests;

/// <summary>
/// Holds that the tests of a project lie as its sources do, so that who has found the one knows where the other is, and that all sources
/// have some. What may lie elsewhere has a row on the map.
/// </summary>
public sealed partial class TestFolderTests
{
    /// <summary>The folder of what a project's tests are given.</summary>
    private const string Made = "Made";

    /// <summary>What is run and read as a whole.</summary>
    private static readonly string[] s_withoutSources = ["Dimec.Architecture.Tests", "Dimec.EndToEnd.Tests", "Dimec.Fuzzing.Tests"];

    public static TheoryData<string> Mirrors => [.. Projects().Except(s_withoutSources)];

    [Fact]
    public void A_project_of_tests_is_that_of_a_project() =>
        Assert.Equal(s_withoutSources, Projects().Where(tests => !Directory.Exists(SourceOf(tests))));

    [Theory]
    [MemberData(nameof(Mirrors))]
    public void A_folder_of_tests_is_one_of_the_sources(string tests) => Assert.All(
        Code(tests).Select(Folder).Where(folder => folder.Length > 0).Distinct(),
        folder => Assert.True(
            Directory.Exists(Path.Combine(SourceOf(tests), folder)) || folder.Split('/')[0] is Made || IsApart(tests, folder), folder));

    [Theory]
    [MemberData(nameof(Mirrors))]
    public void Beside_the_folders_lie_tests_of_what_lies_there_in_the_sources(string tests) => Assert.All(
        Code(tests).Where(file => Folder(file).Length == 0).Select(file => Path.GetFileNameWithoutExtension(file)),
        name => Assert.True(File.Exists(Path.Combine(SourceOf(tests), $"{Tested(name)}.cs")) || IsApart(tests, name), name));

    [Theory]
    [MemberData(nameof(Mirrors))]
    public void Tests_that_have_the_name_of_a_source_lie_in_its_folder(string tests)
    {
        var folders = Sources.Files("*.cs", "src", Path.GetFileName(SourceOf(tests)))
            .ToLookup(Path.GetFileNameWithoutExtension, file => Folder(Path.GetRelativePath(SourceOf(tests), file)));
        Assert.All(Code(tests), file =>
        {
            var found = folders[Tested(Path.GetFileNameWithoutExtension(file))];
            Assert.True(!found.Any() || found.Contains(Folder(file)) || IsApart(tests, Folder(file)), file);
        });
    }

    [Theory]
    [MemberData(nameof(Mirrors))]
    public void A_namespace_of_tests_follows_its_folder(string tests) => Assert.All(Code(tests), file =>
    {
        var found = Namespace().Match(File.ReadAllText(Path.Combine(Repository.Root, "tests", tests, file)));
        var expected = $"{tests}.{Folder(file).Replace('/', '.')}".TrimEnd('.');
        Assert.True(!found.Success || found.Groups[1].Value == expected, file);
    });

    [Fact]
    public void What_has_a_row_of_its_own_is_there() => Assert.All(ArchitecturePage.TestsApart, row => Assert.All(
        row.Value,
        name => Assert.True(Sources.IsPlace($"tests/{row.Key}/{name}") || Sources.IsPlace($"tests/{row.Key}/{name}.cs"), name)));

    [Fact]
    public void Every_project_and_every_folder_beside_its_file_has_tests_or_a_row_that_says_who_runs_it()
    {
        var without = ArchitecturePage.Projects.Keys.SelectMany(project => HasCode($"tests/{project}.Tests")
            ? Sources.Files("*.cs", "src", project)
                .Select(file => Folder(Path.GetRelativePath(Path.Combine(Repository.Root, "src", project), file)).Split('/')[0])
                .Distinct()
                .Where(folder => folder.Length > 0 && !HasCode($"tests/{project}.Tests/{folder}"))
                .Select(folder => $"{project}/{folder}")
            : [project]);
        Assert.Equal(ArchitecturePage.TestedElsewhere.Keys.Order(StringComparer.Ordinal), without.Order(StringComparer.Ordinal));
        Assert.All(ArchitecturePage.TestedElsewhere, row => Assert.NotEmpty(row.Value));
    }

    private static IEnumerable<string> Projects() => Directory.GetDirectories(Path.Combine(Repository.Root, "tests"), "*.Tests")
        .Select(folder => Path.GetFileName(folder))
        .Order(StringComparer.Ordinal);

    private static string SourceOf(string tests) => Path.Combine(Repository.Root, "src", tests[..^".Tests".Length]);

    /// <summary>Whether a folder is there and has code, its own or in folders of its own.</summary>
    private static bool HasCode(string folder) =>
        Directory.Exists(Path.Combine(Repository.Root, folder)) && Sources.Files("*.cs", folder.Split('/')).Any();

    /// <summary>A project's files of code, by their paths in it.</summary>
    private static IEnumerable<string> Code(string tests) => Sources.Files("*.cs", "tests", tests)
        .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "tests", tests), file));

    /// <summary>The folder of a file, with slashes; empty where it lies beside the folders.</summary>
    private static string Folder(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');

    /// <summary>The source whose tests have a name.</summary>
    private static string Tested(string name) =>
        name.EndsWith("Tests", StringComparison.Ordinal) && name.Length > "Tests".Length ? name[..^"Tests".Length] : "";

    /// <summary>Whether a file beside the folders, or a folder, has a row on the map.</summary>
    private static bool IsApart(string tests, string place) =>
        ArchitecturePage.TestsApart.GetValueOrDefault(tests, []).Contains(place.Split('/')[0]);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
