using Dimec.Serving.Tests.ClientAndTier;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Triton;

/// <summary>NVIDIA's own client, over both transports.</summary>
public class TritonTests
{
    [Fact]
    public async Task The_real_triton_client_gets_all_it_asks_for()
    {
        var python = await TritonEnvironment.RequirePythonAsync();
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        await AskAsync(python, tier, version: 3, classes: 2);
    }

    [Fact]
    public async Task And_so_it_does_from_a_real_bundle()
    {
        var python = await TritonEnvironment.RequirePythonAsync();
        using var test = new TestBundle("edge");
        await using var tier = await ClientTests.StartAsync(test, "edge");
        await AskAsync(python, tier, version: 3, classes: 2);
    }

    private static async Task AskAsync(string python, RunningTier tier, int version, int classes)
    {
        var script = Path.Combine(Repository.Root, "tests", "Dimec.Serving.Tests", "Triton", "conformance.py");
        var (exit, output) = await TritonEnvironment.RunAsync(
            python, script, tier.Addresses.Http.Authority, tier.Addresses.Grpc.Authority, $"{version}", $"{classes}");
        Assert.True(exit == 0 && output.Contains("all checks passed", StringComparison.Ordinal), output);
    }
}
