using System.Text.RegularExpressions;

namespace Dimec.Architecture.Tests.Documents;

/// <summary>Holds that the pages lead to places that there are.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. MarkdownFile.All().Select(page => page.Name)];

    [Fact]
    public void There_are_pages() => Assert.Superset(
        new HashSet<string> { "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/architecture.md" },
        Pages.Select(row => row.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_to_a_file_or_folder_and_its_heading(string name)
    {
        var page = new MarkdownFile(name);
        foreach (var (path, heading) in page.Links())
        {
            var target = path.Length == 0 ? page.FullPath : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.FullPath)!, path));
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{name}: '{path}' is not there.");
            if (heading.Length > 0)
                Assert.Contains(heading, new MarkdownFile(target).Anchors());
        }
    }

    /// <summary>
    /// A page that is packed is read where the repository is not: what it leads to is beside it in the package, or on the web.
    /// </summary>
    [Fact]
    public void A_packages_page_leads_to_nothing_outside_its_folder() => Assert.All(
        MarkdownFile.All().Where(page => page.Name.StartsWith("src/", StringComparison.Ordinal)),
        page => Assert.DoesNotContain(page.Links(), link => link.Path.StartsWith("..", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_path_that_is_named_is_there(string name)
    {
        var page = new MarkdownFile(name);
        var named = page.Code().Concat(Project().Matches(page.Text).Select(match => match.Groups[1].Value))
            .Where(path => Ours().IsMatch(path)).Select(path => path.TrimEnd('/'));
        Assert.All(named, path => Assert.True(Sources.IsPlace(path), $"{name}: '{path}' is not there."));
    }

    /// <summary>A path from the root of the repository, with nothing in it that stands for something else.</summary>
    [GeneratedRegex(@"^(src|tests|bench|samples|docs|\.ci)/[^\s<>…]*$")]
    private static partial Regex Ours();

    /// <summary>What a command of <c>dotnet</c> works on.</summary>
    [GeneratedRegex(@"--project ([^\s`]+)")]
    private static partial Regex Project();
}
