using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dimec.EndToEnd.Tests;

/// <summary>An address that says TLS where there is none, or says none where there is: one sentence with the address to use.</summary>
public sealed class TlsMismatchTests(MadeRun made)
{
    [Fact]
    public async Task A_tier_without_TLS_asked_with_it()
    {
        using var folder = new TemporaryFolder();
        await using var tier = await ServedTier.StartAsync(made.Bundle, "edge");
        var (http, grpc) = (tier.Http.Authority, new Uri(tier.Grpc).Authority);

        await RefusedAsync(folder, $"https://{http}", $"edge 'https://{http}': speaks no TLS; use http://{http}.");
        await RefusedAsync(folder, $"grpcs://{grpc}", $"edge 'grpcs://{grpc}': speaks no TLS; use grpc://{grpc}.");
    }

    [Fact]
    public async Task A_tier_with_TLS_asked_without_it()
    {
        using var folder = new TemporaryFolder();
        using var server = TcpListener.Create(0);
        server.Start();
        var answering = SpeakTlsAsync(server);
        var address = $"127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}";

        await RefusedAsync(folder, $"http://{address}", $"edge 'http://{address}': speaks TLS; use https://{address}.");
        await RefusedAsync(folder, $"grpc://{address}", $"edge 'grpc://{address}': speaks TLS; use grpcs://{address}.");
        var ipv6 = $"http://[::1]:{((IPEndPoint)server.LocalEndpoint).Port}";
        if (Socket.OSSupportsIPv6)
            await RefusedAsync(folder, ipv6, $"edge '{ipv6}': speaks TLS; use https{ipv6[4..]}.");

        // A certificate that nobody vouches for is no mistake in the address: the tier counts as down.
        var down = await Tool.DoneAsync("classify", made.Bundle, "--edge", $"https://{address}", "rain");
        Assert.Matches($"Tier edge at https://{address} did not answer: .*certificate", down.Error);
        server.Stop();
        await answering;
    }

    private Task RefusedAsync(TemporaryFolder folder, string url, string sentence) =>
        Tool.RefusedAsync(folder.Path, ["classify", made.Bundle, "--edge", url, "rain"], sentence);

    /// <summary>Shakes hands with whoever speaks TLS and hangs up on everybody else.</summary>
    private static async Task SpeakTlsAsync(TcpListener server)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        try
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync();
                try
                {
                    await using var stream = new SslStream(client.GetStream());
                    await stream.AuthenticateAsServerAsync(certificate);
                    stream.ReadByte();
                }
                catch (Exception broken) when (broken is IOException or AuthenticationException)
                {
                }
            }
        }
        catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
        {
        }
    }
}
