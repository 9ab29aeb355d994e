using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.Rest;

/// <summary>HTTP as bytes on a socket, for what no client would send.</summary>
internal static class RawHttp
{
    public const string Infer = "POST /v2/models/dimec/infer HTTP/1.1\r\nHost: tier\r\nConnection: close\r\n";

    /// <summary>Sends bytes and leaves the connection open.</summary>
    public static async Task<TcpClient> SendAsync(RunningTier tier, string bytes)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, tier.Addresses.Http.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes), TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>All that comes until the tier closes the connection.</summary>
    public static async Task<string> ReadAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, leaveOpen: true);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>One answer, whatever becomes of the connection behind it.</summary>
    public static async Task<string> AnswerAsync(TcpClient client)
    {
        var answer = new StringBuilder();
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, leaveOpen: true);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
            answer.AppendLine(line);
        const string Length = "Content-Length: ";
        var start = answer.ToString().IndexOf(Length, StringComparison.OrdinalIgnoreCase) + Length.Length;
        var body = new char[int.Parse(
            answer.ToString(start, Math.Min(10, answer.Length - start)).Split('\n')[0], CultureInfo.InvariantCulture)];
        await reader.ReadBlockAsync(body, TestContext.Current.CancellationToken);
        return answer.Append(body).ToString();
    }

    /// <summary>The first line that comes.</summary>
    public static async Task<string?> StatusAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, leaveOpen: true);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The answer to bytes.</summary>
    public static async Task<string> AskAsync(RunningTier tier, string bytes)
    {
        using var client = await SendAsync(tier, bytes);
        return await ReadAsync(client);
    }

    /// <summary>Ends a connection as a process that dies does, with a reset.</summary>
    public static void Reset(TcpClient client)
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }
}
