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
        using var certificate = Certificate(DateTimeOffset.UtcNow.AddDays(1));
        var answering = SpeakTlsAsync(server, certificate);
        var address = $"127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}";

        await RefusedAsync(folder, $"http://{address}", $"edge 'http://{address}': speaks TLS; use https://{address}.");
        await RefusedAsync(folder, $"grpc://{address}", $"edge 'grpc://{address}': speaks TLS; use grpcs://{address}.");
        var ipv6 = $"http://[::1]:{((IPEndPoint)server.LocalEndpoint).Port}";
        if (Socket.OSSupportsIPv6)
            await RefusedAsync(folder, ipv6, $"edge '{ipv6}': speaks TLS; use https{ipv6[4..]}.");

        // A certificate that nobody vouches for is no mistake in the address: the tier counts as down.
        var down = await Tool.DoneAsync("classify", made.Bundle, "--edge", $"https://{address}", "--timeout", "60", "rain");
        Assert.Matches($"Tier edge at https://{address} did not answer: .*certificate", down.Error);
        server.Stop();
        await answering;
    }

    [Theory]
    [InlineData("https")]
    [InlineData("grpcs")]
    public async Task A_certificate_that_has_run_out_counts_as_down(string scheme)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there a variable says whom to trust.");
        using var folder = new TemporaryFolder();
        using var server = TcpListener.Create(0);
        server.Start();
        using var certificate = Certificate(DateTimeOffset.UtcNow.AddDays(-1));
        File.WriteAllText(folder.File("trusted.pem"), certificate.ExportCertificatePem());
        var answering = SpeakTlsAsync(server, certificate);
        var address = $"{scheme}://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}";

        var down = await Tool.RunAsync(
            [("SSL_CERT_FILE", folder.File("trusted.pem"))],
            ["classify", made.Bundle, "--edge", address, "--timeout", "60", "--json", "rain"]);

        Assert.Equal(0, down.ExitCode);
        Assert.Matches($"Tier edge at {address} did not answer: its certificate ran out on ", down.Error);
        Assert.Contains("\"tier\":\"mobile\"", down.Output, StringComparison.Ordinal);
        server.Stop();
        await answering;
    }

    private Task RefusedAsync(TemporaryFolder folder, string url, string sentence) =>
        Tool.RefusedAsync(folder.Path, ["classify", made.Bundle, "--edge", url, "--timeout", "60", "rain"], sentence);

    private static X509Certificate2 Certificate(DateTimeOffset end)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(end.AddDays(-10), end);
    }

    /// <summary>Shakes hands with whoever speaks TLS and hangs up on everybody else.</summary>
    private static async Task SpeakTlsAsync(TcpListener server, X509Certificate2 certificate)
    {
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
