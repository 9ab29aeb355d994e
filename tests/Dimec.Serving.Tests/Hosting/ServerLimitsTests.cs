using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dimec.Serving.Tests.Hosting;

/// <summary>What of a connection a caller controls before a request of the protocol begins.</summary>
public class ServerLimitsTests
{
    // RFC 9113, sections 4.1, 6.5.2: the header of a frame, and what a setting is.
    private const int FrameHeader = 9;
    private const int Setting = 6;
    private const short MaxConcurrentStreams = 3;
    private const short MaxHeaderListSize = 6;

    /// <summary>How a client of HTTP/2 begins: its preface, and settings of which it has none.</summary>
    private static readonly byte[] s_preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 65, 8, "431")]
    [InlineData("", 62, 8, "200")]
    [InlineData("", 10, 2000, "431")]
    [InlineData("x", 1, 8, "414")]
    public async Task Addresses_and_headers_beyond_what_any_client_sends_are_refused(string query, int count, int length, string status)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var client = await ConnectAsync(tier.Addresses.Http);
        var address = query.Length == 0 ? "/v2" : $"/v2?{new string('x', 9000)}";
        var headers = string.Concat(Enumerable.Range(0, count).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"x-{i}: {new string('a', length)}\r\n")));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {address} HTTP/1.1\r\nHost: a\r\n{headers}\r\n"), Stop);
        var head = new byte[12];
        await client.GetStream().ReadExactlyAsync(head, Stop);
        Assert.Equal($"HTTP/1.1 {status}", Encoding.ASCII.GetString(head));
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_room_comes_back()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend(), options => options.MaxConnections = 2);
        tier.Expected = entry => entry.Contains("rejected because the maximum number of concurrent connections", StringComparison.Ordinal);
        using var first = await ConnectAsync(tier.Addresses.Http);
        using var second = await ConnectAsync(tier.Addresses.Http);
        Assert.True(await AnswersAsync(first));
        Assert.True(await AnswersAsync(second));
        using var third = await ConnectAsync(tier.Addresses.Http);
        Assert.False(await AnswersAsync(third));
        // The other port has room of its own.
        using var other = await ConnectAsync(tier.Addresses.Grpc);
        await other.GetStream().WriteAsync(s_preface, Stop);
        Assert.True(await other.GetStream().ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, Stop) > 0);
        first.Dispose();
        while (true)
        {
            using var next = await ConnectAsync(tier.Addresses.Http);
            if (await AnswersAsync(next))
                break;
            await Task.Delay(10, Stop);
        }
    }

    [Fact]
    public async Task A_connection_of_gRPC_is_told_how_many_calls_and_how_long_headers_it_may_have()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var client = await ConnectAsync(tier.Addresses.Grpc);
        await client.GetStream().WriteAsync(s_preface, Stop);
        var header = new byte[FrameHeader];
        await client.GetStream().ReadExactlyAsync(header, Stop);
        var body = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
        await client.GetStream().ReadExactlyAsync(body, Stop);
        var settings = body.Chunk(Setting).ToDictionary(
            one => BinaryPrimitives.ReadInt16BigEndian(one), one => BinaryPrimitives.ReadInt32BigEndian(one.AsSpan(2)));
        Assert.Equal((100, 16 << 10), (settings[MaxConcurrentStreams], settings[MaxHeaderListSize]));
    }

    private static async Task<TcpClient> ConnectAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port, Stop);
        return client;
    }

    private static async Task<bool> AnswersAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync("GET /v2 HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), Stop);
            return await client.GetStream().ReadAsync(new byte[4096], Stop) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
