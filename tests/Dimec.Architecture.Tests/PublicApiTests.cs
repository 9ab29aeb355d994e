using System.Reflection;
using PublicApiGenerator;

namespace Dimec.Architecture.Tests;

/// <summary>
/// Holds each library's public surface against its checked-in file, so that a change of it shows in a diff.
/// <c>DIMEC_ACCEPT_API=1 dotnet test</c> writes the files anew.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Libraries =>
    [
        "Dimec.OpenInference", "Dimec", "Dimec.Text", "Dimec.Onnx", "Dimec.Checkpoints", "Dimec.Runs", "Dimec.Studies", "Dimec.Training",
        "Dimec.Export", "Dimec.Inference", "Dimec.Serving", "Dimec.Reporting",
    ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_checked_in_one(string library)
    {
        var path = Path.Combine(Repository.Root, "src", library, "PublicApi.txt");
        var surface = Assembly.Load(library).GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            // Generated from the protocol's own .proto, which is checked in.
            DenyNamespacePrefixes = ["System", "Microsoft", "Dimec.OpenInference.Grpc.Messages"],
            ExcludeAttributes = ["System.Runtime.CompilerServices.InternalsVisibleToAttribute"],
        }).ReplaceLineEndings("\n") + "\n";

        if (Environment.GetEnvironmentVariable("DIMEC_ACCEPT_API") == "1")
            File.WriteAllText(path, surface);

        Assert.True(File.Exists(path), $"{path} is absent; DIMEC_ACCEPT_API=1 dotnet test writes it.");
        Assert.Equal(File.ReadAllText(path), surface);
    }
}
