using System.Xml.Linq;

namespace Dimec.Architecture.Tests;

/// <summary>Holds which project may use which, and which packages may appear where.</summary>
public sealed class ArrowTests
{
    /// <summary>Each project, and the only projects that it may use. The order is the order of the rooms: nothing points down.</summary>
    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        ["Dimec.OpenInference"] = [],
        ["Dimec"] = [],
        ["Dimec.Text"] = ["Dimec"],
        ["Dimec.Onnx"] = [],
        ["Dimec.Checkpoints"] = ["Dimec", "Dimec.Onnx"],
        ["Dimec.Runs"] = ["Dimec", "Dimec.Text", "Dimec.Checkpoints"],
        ["Dimec.Studies"] = ["Dimec", "Dimec.Text", "Dimec.Runs"],
        ["Dimec.Training"] = ["Dimec", "Dimec.Text", "Dimec.Checkpoints", "Dimec.Runs"],
        ["Dimec.Export"] = ["Dimec", "Dimec.Onnx", "Dimec.Checkpoints"],
        ["Dimec.Inference"] = ["Dimec.OpenInference", "Dimec", "Dimec.Text"],
        ["Dimec.Serving"] = ["Dimec.OpenInference", "Dimec", "Dimec.Text", "Dimec.Inference"],
        ["Dimec.Reporting"] = ["Dimec", "Dimec.Runs", "Dimec.Studies"],
        ["Dimec.CommandLine"] = ["Dimec", "Dimec.Serving"],
        ["Dimec.Tier"] = ["Dimec.CommandLine"],
        ["Dimec.Cli"] =
        [
            "Dimec", "Dimec.Text", "Dimec.Checkpoints", "Dimec.Runs", "Dimec.Studies", "Dimec.Training", "Dimec.Export", "Dimec.Inference", "Dimec.Serving",
            "Dimec.CommandLine", "Dimec.Reporting",
        ],
    };

    /// <summary>A package (by the start of its name), and the only projects that may name it.</summary>
    private static readonly Dictionary<string, string[]> s_packages = new()
    {
        ["TorchSharp"] = ["Dimec.Training"],
        // Named by programs, through Libtorch.props: a library that named one would bring one platform's to all.
        ["libtorch"] = [],
        ["Microsoft.ML.OnnxRuntime"] = ["Dimec.Inference"],
        ["Grpc.AspNetCore"] = ["Dimec.Serving"],
        ["Grpc.HealthCheck"] = ["Dimec.Serving"],
        ["Grpc.Reflection"] = ["Dimec.Serving"],
        ["Grpc.Net"] = ["Dimec.OpenInference"],
        ["SkiaSharp"] = ["Dimec.Reporting"],
        ["SentenceTransformers"] = ["Dimec.Cli"],
        ["Spectre.Console"] = ["Dimec.Cli", "Dimec.CommandLine"],
        ["System.CommandLine"] = ["Dimec.Cli", "Dimec.CommandLine"],
    };

    public static TheoryData<string> Projects => [.. s_mayUse.Keys];

    [Fact]
    public void Every_project_under_src_has_its_row_here()
    {
        var found = Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order();

        Assert.Equal(s_mayUse.Keys.Order(), found);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_the_projects_that_it_may_use(string project)
    {
        var referenced = Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Empty(referenced.Except(s_mayUse[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_names_only_the_packages_that_belong_to_it(string project)
    {
        foreach (var package in Items(project, "PackageReference"))
        {
            foreach (var (start, owners) in s_packages)
            {
                if (package.StartsWith(start, StringComparison.Ordinal))
                    Assert.Contains(project, owners);
            }
        }
    }

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
        foreach (var project in s_mayUse.Keys.Except(["Dimec.Serving"]))
            Assert.DoesNotContain(Items(project, "FrameworkReference"), name => name.Contains("AspNetCore", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
            .Descendants(kind)
            .Select(item => (string?)item.Attribute("Include"))
            .OfType<string>();
}
