using System.Net;
using System.Net.Sockets;
using System.Text;
using Dimec.Inference;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>A fault that may pass stops no client at its start: it answers without the tier, and uses it once it is there.</summary>
public class StartFaultTests
{
    private static CancellationToken Stop => ClientTests.Stop;

    [Theory]
    [InlineData("grpc", LinkFault.Refuse)]
    [InlineData("http", LinkFault.Refuse)]
    [InlineData("grpc", LinkFault.Cut)]
    [InlineData("http", LinkFault.Cut)]
    [InlineData("grpc", LinkFault.Garbage)]
    [InlineData("http", LinkFault.Garbage)]
    [InlineData("grpc", LinkFault.Hang)]
    [InlineData("http", LinkFault.Hang)]
    public async Task A_link_that_is_broken_at_the_start_is_used_when_it_is_whole(string transport, LinkFault fault)
    {
        using var test = new TestBundle("edge");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        await using var link = new FaultyLink(ClientTests.Url(transport, edge)) { Fault = fault };
        await using var client = await HungTierTests.ConnectAsync(
            test, new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(3) }, ("edge", link));
        Assert.Equal("edge", Assert.Single(client.Unreachable).Tier);
        Assert.Equal(("mobile", true), await TierAsync(client));
        link.Fault = LinkFault.None;
        await ClientTests.AnswersAsync(client, "edge");
    }

    [Theory]
    [InlineData("http", "SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("grpc", "SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("https", "SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("grpcs", "SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("http", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"name\":\u0001")]
    [InlineData("http", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{\"name\":")]
    [InlineData("http", "HTTP/1.1 302 Found\r\nLocation: http://login.invalid/\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("grpc", "HTTP/1.1 302 Found\r\nLocation: http://login.invalid/\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("http", "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("grpc", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("http", "HTTP/1.1 511 Network Authentication Required\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("http", "")]
    [InlineData("grpc", "")]
    public async Task Who_is_not_certainly_something_else_may_be_a_tier_later(string scheme, string reply)
    {
        using var test = new TestBundle("edge");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ReplyAsync(listener, reply);
        var url = new Uri($"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await using (var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = url }, ClientTests.Patient, cancellationToken: Stop))
        {
            Assert.Contains(url.OriginalString, Assert.Single(client.Unreachable).Sentence, StringComparison.Ordinal);
            Assert.Equal(("mobile", true), await TierAsync(client));
        }

        listener.Stop();
        await serving;
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_host_that_nobody_knows_counts_as_down(string scheme)
    {
        using var test = new TestBundle("edge");
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = new($"{scheme}://edge.invalid:8001") }, ClientTests.Patient,
            cancellationToken: Stop);
        Assert.Equal(TierFailureReason.Unreachable, Assert.Single(client.Unreachable).Reason);
        Assert.Equal(("mobile", true), await TierAsync(client));
    }

    [Fact]
    public async Task A_clock_that_jumps_changes_no_deadline()
    {
        using var test = new TestBundle("edge");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Grpc }, ClientTests.Patient, new JumpingClock(), Stop);
        for (var i = 0; i < 5; i++)
            Assert.Equal(("edge", false), await TierAsync(client));
    }

    private static async Task<(string Tier, bool Fallback)> TierAsync(DimecClient client)
    {
        var answer = await client.ClassifyAsync("a b", Stop);
        return (answer.Tier, answer.Fallback);
    }

    /// <summary>Says the same to whoever says something, and hangs up.</summary>
    private static async Task ReplyAsync(TcpListener listener, string reply)
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(Stop);
                await client.GetStream().ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, Stop);
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(reply), Stop);
            }
            catch (IOException)
            {
                // Who asked has hung up; the next one may not.
            }
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }

    /// <summary>Its date goes a day back or forth with each look; what it measures does not.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private int _looks;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(Interlocked.Increment(ref _looks) % 2 == 0 ? 1 : -1);
    }
}
