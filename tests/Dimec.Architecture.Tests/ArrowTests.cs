using System.Xml.Linq;
using Dimec.Architecture.Tests.Documents;

namespace Dimec.Architecture.Tests;

/// <summary>
/// Holds which project uses which, and which packages may appear where: the tables of <c>docs/architecture.md</c> are the rules.
/// </summary>
public sealed class ArrowTests
{
    public static TheoryData<string> Projects => [.. ArchitecturePage.Projects.Keys];

    [Fact]
    public void Every_project_under_src_has_its_row_here()
    {
        var found = Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order();

        Assert.Equal(ArchitecturePage.Projects.Keys.Order(), found);
    }

    [Fact]
    public void No_row_points_down()
    {
        string[] order = [.. ArchitecturePage.Projects.Keys];
        Assert.All(
            ArchitecturePage.Projects, row => Assert.Subset(order[..Array.IndexOf(order, row.Key)].ToHashSet(), row.Value.ToHashSet()));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_the_projects_of_its_row_and_no_other(string project)
    {
        var referenced = Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Equal(ArchitecturePage.Projects[project].Order(), referenced.Order());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_names_only_the_packages_that_belong_to_it(string project)
    {
        foreach (var package in Items(project, "PackageReference"))
        {
            // The row that says most: one for Microsoft.ML.Tokenizers before one for Microsoft.ML.
            var row = ArchitecturePage.Packages.Keys.Where(start => package.StartsWith(start, StringComparison.Ordinal))
                .MaxBy(start => start.Length);
            Assert.True(row is not null, $"{package} of {project} has no row on the map.");
            Assert.Contains(project, ArchitecturePage.Packages[row]);
        }
    }

    [Fact]
    public void A_row_of_packages_names_those_who_use_them() => Assert.All(ArchitecturePage.Packages, row => Assert.All(
        row.Value,
        project => Assert.Contains(
            Items(project, "PackageReference"), package => package.StartsWith(row.Key, StringComparison.Ordinal))));

    [Fact]
    public void The_core_uses_the_platform_and_System_Numerics_Tensors_only()
    {
        Assert.All(Items("Dimec", "PackageReference"), package => Assert.Equal("System.Numerics.Tensors", package));
        Assert.Empty(Items("Dimec", "FrameworkReference"));

        var assemblies = typeof(InputException).Assembly.GetReferencedAssemblies().Select(name => name.Name!);
        Assert.All(assemblies, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_tiers_know_ASP_NET()
    {
        foreach (var project in ArchitecturePage.Projects.Keys.Except(["Dimec.Serving"]))
            Assert.DoesNotContain(Items(project, "FrameworkReference"), name => name.Contains("AspNetCore", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
            .Descendants(kind)
            .Select(item => (string?)item.Attribute("Include"))
            .OfType<string>();
}
