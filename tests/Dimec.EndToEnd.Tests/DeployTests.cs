using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dimec.EndToEnd.Tests;

/// <summary>A tier that follows what is deployed, as processes; and what is left where a deployment fails.</summary>
public sealed class DeployTests(MadeRun made) : IDisposable
{
    private const string Infer = """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["rain and wind tomorrow"]}]}""";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Root => _folder.File("root");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_running_tier_serves_what_is_deployed_signed_and_goes_back_and_refuses_what_nobody_signed()
    {
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            File.WriteAllText(_folder.File("key.pem"), key.ExportECPrivateKeyPem());
            File.WriteAllText(_folder.File("trust.pem"), key.ExportSubjectPublicKeyInfoPem());
        }

        var (one, two, unsigned) = (Revision(1), Revision(2), Revision(3));
        foreach (var bundle in new[] { one, two })
            await Tool.DoneAsync("sign", bundle, "--key", _folder.File("key.pem"));
        string[] trust = ["--trust", _folder.File("trust.pem")];
        await Tool.DoneAsync(["deploy", one, "--root", Root, .. trust]);
        await Tool.RefusedAsync(_folder.Path, ["deploy", unsigned, "--root", Root, .. trust], "is not signed");
        await using var tier = await ServedTier.StartToolAsync(
            "dimec-tier.dll", [], Root, "edge", ["--reload-interval", "0.1", .. trust]);
        using var client = new HttpClient { BaseAddress = tier.Http };
        Assert.Equal("1", await VersionAsync(client));

        var deployed = await Tool.DoneAsync(["deploy", two, "--root", Root, "--json", .. trust]);
        using (var json = JsonDocument.Parse(deployed.Output))
            Assert.StartsWith("2-", json.RootElement.GetProperty("current").GetString(), StringComparison.Ordinal);
        await UntilAsync(client, "2");
        // The one before is kept for who names it.
        Assert.Equal("1", await VersionAsync(client, "/versions/1"));
        Assert.Contains("1-", (await Tool.DoneAsync("rollback", "--root", Root)).Output, StringComparison.Ordinal);
        await UntilAsync(client, "1");

        await Tool.DoneAsync("deploy", unsigned, "--root", Root);
        var line = await tier.Process.StandardError.ReadLineAsync(Stop);
        Assert.Contains("Tier edge refuses what is deployed and goes on as before", line, StringComparison.Ordinal);
        Assert.Contains("is not signed", line, StringComparison.Ordinal);
        Assert.Equal("1", await VersionAsync(client));
    }

    [Fact]
    public async Task A_disk_that_is_full_is_one_sentence_and_what_is_deployed_stays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux gives a process a disk of its own.");
        var (one, two) = (Revision(1), Revision(2));
        var size = Directory.GetFiles(one).Sum(file => (new FileInfo(file).Length / 1024) + 8);
        Directory.CreateDirectory(Root);
        // Room for one, and for half of another.
        var script = $"""
            mount -t tmpfs -o size={size * 3 / 2}k tmpfs {Root} || exit 99
            dotnet {Path.Combine(AppContext.BaseDirectory, "Dimec.Cli.dll")} deploy {one} --root {Root} || exit 98
            dotnet {Path.Combine(AppContext.BaseDirectory, "Dimec.Cli.dll")} deploy {two} --root {Root}; code=$?
            echo "left: $(ls -A {Root} | tr '\n' ' ')"
            cat {Root}/deployed.json
            exit $code
            """;
        var start = new ProcessStartInfo("unshare", ["--mount", "sh", "-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        Assert.SkipWhen(
            process.ExitCode == 99 || (await error).Contains("unshare failed", StringComparison.Ordinal),
            "This user may not mount anything.");

        Assert.True(process.ExitCode == 1, await error + await output);
        Assert.Matches("^error: .*: the disk is full, or its quota is used up; make room, or name another place\\.\n$", await error);
        Assert.Matches("left: \\.lock 1-[0-9a-f]{12} deployed\\.json \n", await output);
        Assert.Matches("\"current\": \"1-[0-9a-f]{12}\"", await output);
        Assert.DoesNotContain("\"2-", await output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_calls_are_refused_in_sentences()
    {
        var bundle = Revision(1);
        await Tool.RefusedAsync(
            _folder.Path, ["deploy", _folder.File("nowhere"), "--root", Root, "--keep", "1"], "--keep: is 1", "has no bundle.json");
        await Tool.RefusedAsync(_folder.Path, ["rollback", "--root", Root], "has no deployed.json");
        await Tool.RefusedAsync(
            _folder.Path, ["sign", _folder.File("nowhere"), "--key", Path.Combine(bundle, "plan.json")], "holds no private key",
            "has no bundle.json");
    }

    /// <summary>A bundle whose revisions differ in their numbers alone.</summary>
    private string Revision(int revision)
    {
        var folder = MadeRun.Copy(made.Bundle, _folder.File($"bundle-{revision}"));
        TinyBundle.Rewrite(folder, manifest => manifest with { Revision = revision });
        return folder;
    }

    private static async Task UntilAsync(HttpClient client, string version)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (await VersionAsync(client) != version)
            await Task.Delay(20, deadline.Token);
    }

    private static async Task<string> VersionAsync(HttpClient client, string path = "")
    {
        using var content = new StringContent(Infer, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"v2/models/dimec{path}/infer", UriKind.Relative), content, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("model_version").GetString()!;
    }
}
