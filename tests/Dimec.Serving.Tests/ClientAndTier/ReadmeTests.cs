using Dimec.Inference;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>The README's C#, as it stands there but for the addresses, against real tiers.</summary>
public class ReadmeTests
{
    private const string Begin = "// README begins";

    [Fact]
    public async Task The_readmes_client_runs()
    {
        using var test = new TestBundle("edge");
        await using var edge = await RunningTier.StartAsync(options => (options.Tier.Bundle, options.Tier.Tier) = (test.Folder, "edge"));
        await using var cloud = await RunningTier.StartAsync(options => (options.Tier.Bundle, options.Tier.Tier) = (test.Folder, "cloud"));
        var (folder, edgeUrl, cloudUrl) = (test.Folder, edge.Addresses.Grpc, cloud.Addresses.Grpc);

        // README begins
        var bundle = Bundle.OpenLocal(folder);
        var tiers = new Dictionary<string, Uri> { ["edge"] = edgeUrl, ["cloud"] = cloudUrl };
        await using var client = await DimecClient.ConnectAsync(bundle, tiers);
        var answer = await client.ClassifyAsync("a text to classify");
        Console.WriteLine($"{answer.Label}, {answer.Confidence:P1} sure, from {answer.Tier} at a cost of {answer.Cost}");
        // README ends

        Assert.Equal("edge", answer.Tier);
    }

    [Fact]
    public void And_it_is_what_the_readme_shows()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var shown = string.Join('\n', Region()
            .Replace("OpenLocal(folder)", "OpenLocal(\"bundle\")", StringComparison.Ordinal)
            .Replace("edgeUrl", "new(\"grpc://edge-host:8001\")", StringComparison.Ordinal)
            .Replace("cloudUrl", "new(\"grpc://cloud-host:8001\")", StringComparison.Ordinal)
            .Split('\n').Select(line => line.Trim()));
        Assert.Contains($"```csharp\n{shown}\n```", readme, StringComparison.Ordinal);
    }

    private static string Region()
    {
        var source = File.ReadAllText(
            Path.Combine(Repository.Root, "tests", "Dimec.Serving.Tests", "ClientAndTier", $"{nameof(ReadmeTests)}.cs"));
        var start = source.IndexOf(Begin + "\n", StringComparison.Ordinal) + Begin.Length + 1;
        return source[start..source.IndexOf("// README ends\n", start, StringComparison.Ordinal)].Trim();
    }
}
