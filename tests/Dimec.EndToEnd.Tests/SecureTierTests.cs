using System.Text.Json.Nodes;
using Dimec.Testing.Certificates;

namespace Dimec.EndToEnd.Tests;

/// <summary>A tier with TLS and keys, and who asks it, as processes.</summary>
public sealed class SecureTierTests(MadeRun made)
{
    [Fact]
    public async Task A_key_that_dimec_key_made_lets_classify_in_and_shows_nowhere()
    {
        using var folder = new TemporaryFolder();
        using var ca = new TestAuthority(folder);
        var (certificate, key) = ca.Server();
        var printed = JsonNode.Parse((await Tool.DoneAsync("key", "--name", "phone-app", "--json")).Output)!;
        var secret = (string)printed["key"]!;
        File.WriteAllText(folder.File("keys"), $"{(string)printed["line"]!}\n");
        string[] options = ["--tls-cert", certificate, "--tls-key", key, "--api-keys", folder.File("keys"), "--address", "0.0.0.0"];
        await using var tier = await ServedTier.StartToolAsync("dimec-tier.dll", [], made.Bundle, "edge", options);
        Assert.StartsWith("grpcs://127.0.0.1:", tier.Grpc, StringComparison.Ordinal);

        var known = await Tool.RunAsync(
            [("DIMEC_API_KEY", secret)],
            ["classify", made.Bundle, "--edge", tier.Grpc, "--ca", ca.File, "--pin", "edge", "--timeout", "60", "--json", "rain"]);
        Assert.Equal((0, ""), (known.ExitCode, known.Error));
        Assert.Contains("\"tier\":\"edge\"", known.Output, StringComparison.Ordinal);

        var config = await Tool.DoneAsync(["serve", made.Bundle, "--tier", "edge", "--print-config", .. options]);
        Assert.Equal(folder.File("keys"), (string?)JsonNode.Parse(config.Output)!["Dimec"]!["ApiKeys"]);
        Assert.DoesNotContain(secret, config.Output + known.Output, StringComparison.Ordinal);
    }
}
