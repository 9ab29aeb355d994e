using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Dimec.EndToEnd.Tests;

/// <summary>Ports that cannot be had, addresses that are none, and what is no tier of this bundle although it answers.</summary>
public sealed class BadNetworkTests(MadeRun made) : RefusedCalls
{
    [Fact]
    public async Task Ports_in_use_are_named_without_a_hosts_log()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        var (http, grpc) = (PortOf(first), PortOf(second));

        await RefusedAsync(
            ["serve", made.Bundle, "--tier", "edge", "--http-port", http, "--grpc-port", grpc],
            $"--http-port: port {http} is in use", $"--grpc-port: port {grpc} is in use");
    }

    [Fact]
    public async Task Everything_wrong_with_a_served_tier_is_reported_together()
    {
        await RefusedAsync(
            ["serve", made.Bundle, "--tier", "fog", "--address", "localhost", "--http-port", "65536", "--grpc-port", "-1"],
            "--address: is 'localhost', no IP address", "--http-port: is 65536; give 0 to 65535", "--grpc-port: is -1",
            $"{made.Bundle}: has no tier 'fog'; use one of mobile, edge, cloud");
        // An address of TEST-NET-3, which no machine has.
        await RefusedAsync(
            ["serve", made.Bundle, "--tier", "edge", "--address", "203.0.113.9", "--insecure", "--http-port", "0", "--grpc-port", "0"],
            "--address: is 203.0.113.9, no address of this machine");
        await RefusedAsync(
            ["serve", made.Bundle, "--tier", "edge", "--address", "0.0.0.0", "--http-port", "0", "--grpc-port", "0"],
            "--address 0.0.0.0: is open to a network, and everybody on the way could read and change what is said; "
                + "give --tls-cert and --tls-key, or say --insecure where something before the tier does it.",
            "--address 0.0.0.0: is open to a network, and everybody in it could ask; "
                + "give --api-keys or --client-ca, or say --insecure where something before the tier does it.");
    }

    [Fact]
    public async Task Every_limit_of_a_tier_is_reported_at_its_flag_with_the_range_that_the_help_names()
    {
        (string Flag, string Range)[] limits =
        [
            ("--stop-timeout", "0 to 3600"), ("--max-batch", "1 to 4096"), ("--max-tokens", "16 to 1048576"),
            ("--max-body-bytes", "1024 to 1073741824"),
            ("--max-held-bytes", "to 68719476736"), ("--max-waiting", "1 to 65536"), ("--workers", "1 to 64"), ("--threads", "1 to 1024"),
        ];

        await RefusedAsync(
            ["serve", made.Bundle, "--tier", "edge", .. limits.SelectMany(limit => new[] { limit.Flag, "99999999999" })],
            [.. limits.Select(limit => $"{limit.Flag}: is ")]);
        var help = string.Join(
            ' ', (await Tool.DoneAsync("serve", "--help")).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(limits, limit => Assert.Matches($"{limit.Flag} .*{limit.Range}", help));
    }

    [Fact]
    public async Task Everything_wrong_with_a_client_is_reported_together()
    {
        await RefusedAsync(
            [
                "classify", made.Bundle, "--edge", "nonsense", "--cloud", "ftp://host:1", "--tier", "fog=http://host:1", "--tier", "x",
                "--timeout", "0", "--file", Folder.File("none.txt"),
            ],
            "--edge nonsense: is no URL", "--tier x: has no '='", "--timeout: is 0", $"--file {Folder.File("none.txt")}: does not exist",
            "cloud 'ftp://host:1': is not an address of a tier",
            "fog 'http://host:1': is no tier of this bundle; give addresses of edge, cloud");
    }

    [Fact]
    public async Task A_file_of_texts_that_is_no_UTF8_is_refused_before_anything_is_answered()
    {
        File.WriteAllBytes(Folder.File("texts.txt"), [.. "rain\nwind\ncaf"u8, 0xE9, .. "\n"u8]);

        await RefusedAsync(
            ["classify", made.Bundle, "--file", Folder.File("texts.txt")], $"--file {Folder.File("texts.txt")} line 3: is not valid UTF-8");
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task A_web_server_is_no_tier(string scheme)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var answering = AnswerAsync(server, TestContext.Current.CancellationToken);
        var url = $"{scheme}://127.0.0.1:{PortOf(server)}";

        await RefusedAsync(
            ["classify", made.Bundle, "--edge", url, "--timeout", "60", "rain"],
            $"edge '{url}': does not speak the Open Inference Protocol v2 (");
        server.Stop();
        await answering;
    }

    [Fact]
    public async Task A_tier_of_another_bundle_counts_as_down_and_is_named_once()
    {
        // The same model with another plan is another bundle already.
        var plan = Folder.File("plan.json");
        await Tool.DoneAsync("plan", made.Run, "--policy", "cloud", "--max-drop", "1", "--out", plan);
        await Tool.DoneAsync("export", made.Run, "--plan", plan, "--out", Folder.File("other"));
        await using var tier = await ServedTier.StartAsync(Folder.File("other"), "edge");
        File.WriteAllText(Folder.File("texts.txt"), "rain and wind tomorrow\nthe match ended in a draw\n");

        var result = await Tool.DoneAsync(
            "classify", made.Bundle, "--edge", tier.Grpc, "--timeout", "60", "--file", Folder.File("texts.txt"), "--json");

        foreach (var line in result.Output.Trim().Split('\n'))
        {
            using var answer = JsonDocument.Parse(line);
            Assert.Equal("mobile", answer.RootElement.GetProperty("tier").GetString());
            Assert.True(answer.RootElement.GetProperty("fallback").GetBoolean());
        }

        var sentences = result.Error.Trim().Split('\n');
        Assert.Single(sentences, sentence =>
            sentence.StartsWith($"Tier edge at {tier.Grpc} did not answer: it holds the bundle ", StringComparison.Ordinal));
        Assert.Equal("2 of 2 answers are another tier's than the one that the plan names.", sentences[^1]);
    }

    private static string PortOf(TcpListener listener) =>
        ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Says the same page to whatever is asked, as a web server does.</summary>
    private static async Task AnswerAsync(TcpListener server, CancellationToken stop)
    {
        var page = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\nConnection: close\r\n\r\n<p>hi</p>");
        try
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync(stop);
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[1 << 16], stop);
                await stream.WriteAsync(page, stop);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or InvalidOperationException or IOException)
        {
        }
    }
}
