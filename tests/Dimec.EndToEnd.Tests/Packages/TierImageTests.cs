using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests.Packages;

/// <summary>
/// What the SDK would make an image of <c>dimec-tier</c> of. The image itself takes its base from a registry, which is not at hand here.
/// </summary>
public sealed class TierImageTests
{
    [Fact]
    public async Task The_image_is_not_roots_has_no_shell_and_ICU_and_listens_to_others()
    {
        var written = await Shell.DoneAsync(
            Repository.Root,
            "dotnet msbuild src/Dimec.Tier -t:ComputeContainerBaseImage -p:RuntimeIdentifier=linux-x64 "
            + "-getProperty:ContainerBaseImage,ContainerRepository,ContainerUser,ContainerImageTags,Version,PublishSelfContained "
            + "-getItem:ContainerPort,ContainerEnvironmentVariable");
        var read = JsonNode.Parse(written)!;
        var properties = read["Properties"]!;
        // With "extra" comes ICU, without which the tokenizer would take accents apart otherwise.
        Assert.Equal("mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-extra", (string?)properties["ContainerBaseImage"]);
        Assert.Equal(("dimec-tier", "true"), ((string?)properties["ContainerRepository"], (string?)properties["PublishSelfContained"]));
        Assert.Equal((string?)properties["Version"], (string?)properties["ContainerImageTags"]);
        Assert.Equal("1654", (string?)properties["ContainerUser"]);
        Assert.Equal(["8000/tcp", "8001/tcp"], Items(read, "ContainerPort", port => $"{port["Identity"]}/{port["Type"]}"));
        Assert.Equal(
            ["Dimec__Address=0.0.0.0"],
            Items(read, "ContainerEnvironmentVariable", variable => $"{variable["Identity"]}={variable["Value"]}"));
    }

    private static IEnumerable<string> Items(JsonNode read, string kind, Func<JsonNode, string> say) =>
        read["Items"]![kind]!.AsArray().Select(item => say(item!));
}
