using Dimec.Inference;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the pages of the repository and of <c>Dimec.Inference</c>.</summary>
internal static class InferenceSnippets
{
    public static async Task Classify()
    {
        var bundle = Bundle.OpenLocal("bundle");
        var tiers = new Dictionary<string, Uri> { ["edge"] = new("grpc://edge-host:8001"), ["cloud"] = new("grpc://cloud-host:8001") };
        await using var client = await DimecClient.ConnectAsync(bundle, tiers);
        var answer = await client.ClassifyAsync("a text to classify");
        Console.WriteLine($"{answer.Label}, {answer.Confidence:P1} sure, from {answer.Tier} at a cost of {answer.Cost}");
    }

    public static async Task SeveralAddresses(Bundle bundle)
    {
        KeyValuePair<string, Uri>[] tiers =
            [new("edge", new("grpc://edge-1:8001")), new("edge", new("grpc://edge-2:8001")), new("cloud", new("grpc://cloud-host:8001"))];
        await using var client = await DimecClient.ConnectAsync(bundle, tiers);
    }
}
