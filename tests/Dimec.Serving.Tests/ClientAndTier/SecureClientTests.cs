using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dimec.Inference;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Security;
using Dimec.Testing.Certificates;
using Microsoft.Extensions.Time.Testing;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>
/// The client and a tier that know each other by certificates and keys; and one sentence for each way in which they do not.
/// </summary>
public sealed class SecureClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _ca;
    private readonly TestAuthority _other;
    private readonly ApiKey _key = ApiKey.Create("phone-app");
    private int _files;

    public SecureClientTests() => (_ca, _other) = (new TestAuthority(_folder), new TestAuthority(_folder, "Other CA"));

    private static CancellationToken Stop => ClientTests.Stop;

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_tier_answers_whom_it_knows_and_says_what_it_misses(string transport)
    {
        using var test = new TestBundle("edge");
        await using var edge = await StartAsync(test, _ca.Server(), options => options.ClientCa = _ca.File);
        var url = ClientTests.Url(transport, edge);
        Assert.EndsWith("s", url.Scheme, StringComparison.Ordinal);
        var shown = _ca.Client();
        var right = new Wanted { Ca = _ca.File, Shown = shown, KeyFile = Write(_key.Secret) };

        Assert.Equal(("edge", null), await AskAsync(test, url, right));
        Assert.Equal(("edge", null), await AskAsync(test, url, right with { KeyFile = null, Key = _key.Secret }));
        foreach (var (wrong, sentence) in new[]
        {
            (right with { Ca = null }, "its certificate is of no authority that is trusted here"),
            (right with { Ca = _other.File }, "its certificate is of no authority that is trusted here"),
            (right with { Shown = null }, "this tier answers who shows a client certificate of its own authority, and none was shown"),
            (right with { Shown = _other.Client() }, "the client certificate is of no authority that is trusted here; "
                + "show one of this tier's own authority"),
            (right with { KeyFile = null }, "this tier answers who has an API key; send it as 'authorization: Bearer KEY', a header of "
                + "REST or metadata of gRPC"),
            (right with { KeyFile = Write(ApiKey.Create("b").Secret) },
                "the API key is none that this tier knows; ask who runs it for one"),
        })
        {
            Assert.Equal(
                ("mobile", $"Tier edge at {url.OriginalString} did not answer: {sentence}."), await AskAsync(test, url, wrong));
        }

        var clear = new UriBuilder(url) { Scheme = transport }.Uri;
        var mismatch = await Assert.ThrowsAsync<InputException>(() => AskAsync(test, clear, right));
        Assert.Equal(
            $"edge '{clear.OriginalString}': speaks TLS; use {url.OriginalString.TrimEnd('/')}{clear.AbsolutePath}.", mismatch.Message);
    }

    [Theory]
    [InlineData("grpcs")]
    [InlineData("https")]
    public async Task A_certificate_that_has_run_out_or_is_of_another_name_is_said_to_be_that(string scheme)
    {
        using var test = new TestBundle("edge");
        var end = DateTimeOffset.UtcNow.AddHours(-1);
        foreach (var (files, sentence) in new[]
        {
            (_ca.Server(end: end), $"its certificate ran out on {end:yyyy-MM-dd HH:mm} UTC"),
            (_ca.Server("edge.example"), "its certificate is of edge.example, not of 127.0.0.1"),
            (_ca.Client(), "its certificate is for another use, by what it says itself"),
        })
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var serving = ServeAsync(listener, files);
            var url = new Uri($"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
            Assert.Equal(
                ("mobile", $"Tier edge at {url.OriginalString} did not answer: {sentence}."),
                await AskAsync(test, url, new Wanted { Ca = _ca.File }));
            listener.Stop();
            await serving;
        }
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_key_that_is_refused_is_not_tried_again_until_somebody_can_have_changed_it(string transport)
    {
        using var test = new TestBundle("edge");
        var (time, log) = (new FakeTimeProvider(DateTimeOffset.UtcNow), new EveryLine());
        await using var edge = await StartAsync(test, _ca.Server(), build: log);
        var file = Write(ApiKey.Create("other").Secret);
        await using var client = await ConnectAsync(
            test, ClientTests.Url(transport, edge), new Wanted { Ca = _ca.File, KeyFile = file }, time);
        Assert.Equal(TierFailureReason.NotAuthorized, Assert.Single(client.Unreachable).Reason);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("mobile", (await client.ClassifyAsync("a b", Stop)).Tier);
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(20, Stop);
        }

        Assert.Equal(1, log.Entries.Count(entry => entry.Contains("A caller was refused", StringComparison.Ordinal)));

        await File.WriteAllTextAsync(file, _key.Secret, Stop);
        time.Advance(TimeSpan.FromSeconds(30));
        await ClientTests.AnswersAsync(client, "edge");
    }

    [Fact]
    public async Task A_tier_shows_the_next_one_what_it_is_told_to()
    {
        var (certificate, key) = _ca.Client();
        using var test = new TestBundle("edge");
        await using var cloud = await StartAsync(test, _ca.Server(), options => options.ClientCa = _ca.File, tier: "cloud");
        var options = new DimecTierOptions
        {
            ForwardCa = _ca.File,
            ForwardCertificate = certificate,
            ForwardCertificateKey = key,
            ForwardApiKeyFile = Write(_key.Secret),
        };
        Assert.Equal(_ca.File, Serving.Walks.TierWalk.Asking(options).Security.Ca);
        using var remote = new Inference.Client.RemoteTier(
            test.Bundle, test.Bundle.Tier("cloud"), [cloud.Addresses.Grpc], Serving.Walks.TierWalk.Asking(options), TimeProvider.System);
        Assert.Null(await remote.VerifyAsync(Stop));
    }

    [Fact]
    public void Everything_that_is_wrong_with_certificates_and_keys_is_reported_at_once()
    {
        using var test = new TestBundle("edge", golden: false);
        var errors = new InputErrors();
        var (server, client) = (_ca.Server(), _ca.Client());
        DimecClient.Check(
            test.Bundle,
            [
                new("edge", new Uri("grpc://edge.example:8001")), new("cloud", new Uri("http://127.0.0.1:8000")),
                new("cloud", new Uri("grpcs://cloud.example:8001")),
            ],
            new DimecClientOptions
            {
                Security = new TierSecurity
                {
                    Ca = server.Key,
                    Certificate = client.Certificate,
                    CertificateKey = server.Key,
                    ApiKeyFile = Write("two words"),
                },
            }, errors);
        var wrong = Assert.Throws<InputException>(errors.ThrowIfAny);
        Assert.Equal(
            [
                $"{server.Key}: is not the key of the certificate in {client.Certificate}; give the two that belong together.",
                $"{server.Key}: holds no certificate; give certificates in PEM, which begin with -----BEGIN CERTIFICATE-----.",
                $"{_folder.File("key-0")}: is no API key: 16 to 512 letters, digits and signs of ASCII without a space; "
                    + "give what dimec key printed.",
                "edge 'grpc://edge.example:8001': would get the API key without TLS, so that everybody on the way could use it; "
                    + "use grpcs://, or say KeyInClear where the way is safe.",
            ], wrong.Errors.Select(error => error.ToString()));
    }

    public void Dispose()
    {
        _ca.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private string Write(string text)
    {
        var file = _folder.File($"key-{_files++}");
        File.WriteAllText(file, text);
        return file;
    }

    private Task<RunningTier> StartAsync(
        TestBundle test, (string Certificate, string Key) files, Action<DimecTierHostOptions>? configure = null, string tier = "edge",
        EveryLine? build = null)
    {
        var keys = _folder.File("keys");
        File.WriteAllText(keys, _key.Line);
        return RunningTier.StartAsync(options =>
        {
            (options.Tier.Bundle, options.Tier.Tier) = (test.Folder, tier);
            (options.Certificate, options.CertificateKey, options.ApiKeys) = (files.Certificate, files.Key, keys);
            configure?.Invoke(options);
        }, builder =>
        {
            if (build is not null)
                build.AddTo(builder.Logging);
        });
    }

    private static async Task<(string Tier, string? Failure)> AskAsync(TestBundle test, Uri url, Wanted wanted)
    {
        await using var client = await ConnectAsync(test, url, wanted, TimeProvider.System);
        var answer = await client.ClassifyAsync("a b", Stop);
        Assert.Equal(answer.Failures.Count == 0, client.Unreachable.Count == 0);
        return (answer.Tier, client.Unreachable.SingleOrDefault()?.Sentence);
    }

    private static Task<DimecClient> ConnectAsync(TestBundle test, Uri url, Wanted wanted, TimeProvider time) => DimecClient.ConnectAsync(
        test.Bundle, [new("edge", url)], ClientTests.Patient with
        {
            Security = new TierSecurity
            {
                Ca = wanted.Ca,
                Certificate = wanted.Shown?.Certificate,
                CertificateKey = wanted.Shown?.Key,
                ApiKeyFile = wanted.KeyFile,
                ApiKey = wanted.Key,
            },
        }, time, Stop);

    /// <summary>Shakes hands with whoever comes, and says nothing.</summary>
    private static async Task ServeAsync(TcpListener listener, (string Certificate, string Key) files)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(Stop);
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = certificate }, Stop);
                await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, Stop);
            }
            catch (Exception refused) when (refused is IOException or AuthenticationException)
            {
            }
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private sealed record Wanted
    {
        public string? Ca { get; init; }

        public (string Certificate, string Key)? Shown { get; init; }

        public string? KeyFile { get; init; }

        public string? Key { get; init; }
    }
}
