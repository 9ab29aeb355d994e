using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Dimec.EndToEnd.Tests;

/// <summary>A tier that is told to stop answers what it holds; tiers that another command started do not outlive it.</summary>
public sealed partial class StopTests(MadeRun made)
{
    private const int Attempts = 5;

    [Fact]
    public async Task A_tier_told_to_stop_answers_what_is_in_flight_and_frees_its_ports()
    {
        await using var tier = await ServedTier.StartAsync(made.Bundle, "edge");
        var stop = TestContext.Current.CancellationToken;
        var body = """{"inputs":[{"name":"text","shape":[1,1],"datatype":"BYTES","data":["rain and wind tomorrow"]}]}""";
        using var client = new TcpClient();
        await client.ConnectAsync(tier.Http.Host, tier.Http.Port, stop);
        await using var stream = client.GetStream();
        using var answer = new StreamReader(stream, Encoding.UTF8);

        // The tier says "100 Continue" when it begins to read the body: from then on the request is in flight.
        await SendAsync("POST /v2/models/dimec/infer HTTP/1.1\r\nHost: tier\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue", await answer.ReadLineAsync(stop));
        await SendAsync(body[..10]);
        await Signals.TerminateAsync(tier.Process);
        while (await AcceptsAsync(tier.Http, stop))
            await Task.Delay(10, stop);
        Assert.False(tier.Process.HasExited);
        await SendAsync(body[10..]);

        Assert.Equal("", await answer.ReadLineAsync(stop));
        Assert.Equal("HTTP/1.1 200 OK", await answer.ReadLineAsync(stop));
        Assert.Contains("\"dimec_tier\":\"edge\"", await answer.ReadToEndAsync(stop), StringComparison.Ordinal);
        await Signals.EndedAsync(tier.Process);
        Assert.Equal(0, tier.Process.ExitCode);
        using var again = new TcpListener(System.Net.IPAddress.Loopback, tier.Http.Port);
        again.Start();

        Task SendAsync(string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop).AsTask();
    }

    [Fact]
    public async Task A_tier_told_to_stop_answers_what_takes_too_long_says_so_in_one_line_and_ends_with_0()
    {
        await using var tier = await ServedTier.StartAsync(made.Bundle, "edge", "--stop-timeout", "0.5");
        var stop = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(tier.Http.Host, tier.Http.Port, stop);
        await using var stream = client.GetStream();
        using var answer = new StreamReader(stream, Encoding.UTF8);
        await stream.WriteAsync(
            "POST /v2/models/dimec/infer HTTP/1.1\r\nHost: tier\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"u8.ToArray(), stop);
        Assert.Equal("HTTP/1.1 100 Continue", await answer.ReadLineAsync(stop));

        await Signals.TerminateAsync(tier.Process);

        Assert.Equal("", await answer.ReadLineAsync(stop));
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await answer.ReadLineAsync(stop));
        await Signals.EndedAsync(tier.Process);
        Assert.Equal(0, tier.Process.ExitCode);
        var line = Assert.Single((await tier.Process.StandardError.ReadToEndAsync(stop)).Trim().Split('\n'));
        Assert.Contains("The stop waited 0.5 s; requests still under way get the answer 'unavailable': 1", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tiers_of_a_demo_that_is_killed_or_interrupted_end_with_it()
    {
        using var folder = new TemporaryFolder();
        var data = MadeData.WriteTsv(folder.File("weather.tsv"), 400);
        var backbone = MadeCheckpoint.Write(folder.File("encoder"), layers: 6);

        await InTimeAsync(killed: true);
        await InTimeAsync(killed: false);

        // On a busy machine the demo may be through before the signal reaches it, which says nothing of signals: then again.
        async Task InTimeAsync(bool killed)
        {
            var attempts = 0;
            while (!await EndAsync(killed, folder.File($"demo-{killed}-{attempts}")))
                Assert.True(++attempts < Attempts, "The demo was through before it could be ended, again and again.");
        }

        async Task<bool> EndAsync(bool killed, string demo)
        {
            using var process = Tool.Start("demo", "--data", data, "--backbone", backbone, "--epochs", "1", "--out", demo);
            var tiers = new List<int>();
            while (tiers.Count < 2 && await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (TierProcess().Match(line) is { Success: true } match)
                    tiers.Add(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            }

            Assert.Equal(2, tiers.Count);
            if (killed)
                process.Kill();
            else
                await Signals.InterruptAsync(process);
            await Signals.EndedAsync(process);
            foreach (var tier in tiers)
                await Signals.GoneAsync(tier);
            if (process.ExitCode == 0)
                return false;
            Assert.True(killed || process.ExitCode == 130, $"It ended with {process.ExitCode}.");
            return true;
        }
    }

    [GeneratedRegex(@"process (\d+) answers")]
    private static partial Regex TierProcess();

    private static async Task<bool> AcceptsAsync(Uri address, CancellationToken stop)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
