using System.Diagnostics;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>The samples of clients, as processes of their own, against real tiers.</summary>
public class SampleTests
{
    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task The_sample_of_the_protocol_asks_a_tier(string transport)
    {
        using var test = new TestBundle("edge");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        var (code, output, error) = await RunAsync(
            "open-inference-client", "Dimec.Samples.OpenInferenceClient", ClientTests.Url(transport, edge).OriginalString, "dimec",
            "a b c", "z");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            ["dimec", "label [2,1]", "probabilities [2,2]"],
            output.Split('\n').Select((line, place) => line.Split(place == 0 ? " " : ": ")[0]));

        var (missing, _, sentence) = await RunAsync(
            "open-inference-client", "Dimec.Samples.OpenInferenceClient", ClientTests.Url(transport, edge).OriginalString, "moon", "a");
        Assert.Equal(1, missing);
        Assert.StartsWith("moon did not answer (NotFound): there is no model 'moon' here", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_of_the_client_classifies_here_and_on_a_tier()
    {
        using var test = new TestBundle("edge");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        var (code, output, error) = await RunAsync(
            "client", "Dimec.Samples.Client", test.Folder, "a b c", $"edge={edge.Addresses.Grpc.OriginalString}");
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("from edge at a cost of 2.5", output, StringComparison.Ordinal);

        var (alone, here, why) = await RunAsync("client", "Dimec.Samples.Client", test.Folder, "a b c");
        Assert.Equal(0, alone);
        Assert.EndsWith("from mobile at a cost of 1", here, StringComparison.Ordinal);
        Assert.Contains("Tier edge was not asked", why, StringComparison.Ordinal);

        var (wrong, _, sentence) = await RunAsync("client", "Dimec.Samples.Client", test.Folder, "a", "moon=http://h:1");
        Assert.Equal(2, wrong);
        Assert.Contains("moon 'http://h:1': is no tier of this bundle", sentence, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string folder, string sample, params string[] arguments)
    {
        // From its own folder: beside these tests lies what a host of ASP.NET Core needs, not what a program without it does.
        var built = Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "Dimec.Serving.Tests"), AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Root, "samples", folder, built, $"{sample}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }
}
