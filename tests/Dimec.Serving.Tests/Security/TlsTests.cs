using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Dimec.Testing.Certificates;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dimec.Serving.Tests.Security;

/// <summary>A tier's TLS, and client certificates.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _ca;
    private readonly TestAuthority _other;

    public TlsTests() => (_ca, _other) = (new TestAuthority(_folder), new TestAuthority(_folder, "Other CA"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_ports_speak_TLS_each_its_protocol_and_no_old_one()
    {
        await using var tier = await StartAsync(_ca.Server());
        using var ask = new SecureTier(tier, _ca.Root);
        Assert.Equal(("https", "grpcs"), (tier.Addresses.Http.Scheme, tier.Addresses.Grpc.Scheme));
        using var live = await ask.SendAsync("v2/models/dimec");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal((StatusCode.OK, StatusCode.OK), await ask.InferAsync());
#pragma warning disable SYSLIB0039, CA5397 // That old ones are refused is what is tested.
        await Assert.ThrowsAnyAsync<Exception>(() => ShownAsync(tier, SslProtocols.Tls11));
#pragma warning restore SYSLIB0039, CA5397
        // Bytes that are no TLS get nothing.
        using var clear = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            clear.GetAsync(new Uri($"http://{tier.Addresses.Http.Authority}/v2/health/live"), Stop));
    }

    [Fact]
    public async Task A_certificate_is_renewed_while_the_tier_runs_and_a_pair_that_does_not_fit_changes_nothing()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var files = _ca.Server();
        await using var tier = await StartAsync(files, time: time);
        var first = await ShownAsync(tier);

        TestAuthority.Renew(files, _ca.Server());
        time.Advance(TimeSpan.FromSeconds(2));
        var second = await ShownAsync(tier);
        Assert.NotEqual(first, second);

        tier.Expected = entry => entry.Contains("certificate was changed and cannot be used", StringComparison.Ordinal)
            && entry.Contains("is not the key of the certificate in", StringComparison.Ordinal)
            && !entry.Contains(_folder.Path, StringComparison.Ordinal);
        File.Copy(_ca.Server().Key, files.Key, overwrite: true);
        for (var look = 0; look < 3; look++)
            time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(second, await ShownAsync(tier));
        Assert.Single(tier.Log);

        TestAuthority.Renew(files, _ca.Server());
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotEqual(second, await ShownAsync(tier));
    }

    [Fact]
    public async Task A_certificate_that_is_about_to_run_out_is_said_to_be_once()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var tier = await StartAsync(_ca.Server(end: DateTimeOffset.UtcNow.AddDays(8)), time: time);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(tier.Log);
        tier.Expected = entry => entry.Contains("The tier's certificate runs out on ", StringComparison.Ordinal);
        for (var day = 0; day < 3; day++)
            time.Advance(TimeSpan.FromDays(1));
        Assert.Single(tier.Log);
    }

    [Fact]
    public async Task Only_who_shows_a_client_certificate_of_the_authority_is_let_in()
    {
        await using var tier = await StartAsync(_ca.Server(), options => options.ClientCa = _ca.File);
        foreach (var (shown, sentence) in new[]
        {
            (default((string Certificate, string Key)?), "none was shown"),
            (_other.Client(), "the client certificate is of no authority that is trusted here"),
            (_ca.Client(DateTimeOffset.UtcNow.AddDays(-1)), "the client certificate ran out on "),
            (_ca.Server(), "the client certificate is for another use"),
            (_ca.Client(), ""),
        })
        {
            using var ask = new SecureTier(tier, _ca.Root, shown);
            using var health = await ask.SendAsync("v2/health/ready");
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
            using var answer = await ask.SendAsync("v2/models/dimec");
            var isRight = sentence.Length == 0;
            Assert.Equal(isRight ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
            if (!isRight)
                Assert.Contains(sentence, RestCalls.Error(await RestCalls.JsonAsync(answer)), StringComparison.Ordinal);
            var status = isRight ? StatusCode.OK : StatusCode.PermissionDenied;
            Assert.Equal((status, status), await ask.InferAsync());
        }
    }

    [Fact]
    public async Task Where_a_key_and_a_certificate_are_wanted_one_of_them_does_not_do()
    {
        var key = ApiKey.Create("a");
        await File.WriteAllTextAsync(_folder.File("keys"), key.Line, Stop);
        await using var tier = await StartAsync(
            _ca.Server(), options => (options.ClientCa, options.ApiKeys) = (_ca.File, _folder.File("keys")));
        using var without = new SecureTier(tier, _ca.Root);
        using var with = new SecureTier(tier, _ca.Root, _ca.Client());
        Assert.Equal(StatusCode.PermissionDenied, (await without.InferAsync($"Bearer {key.Secret}")).Call);
        Assert.Equal(StatusCode.Unauthenticated, (await with.InferAsync()).Call);
        Assert.Equal(StatusCode.OK, (await with.InferAsync($"Bearer {key.Secret}")).Call);
    }

    [Fact]
    public async Task A_connection_of_an_authority_that_is_trusted_no_more_is_refused_its_next_request()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var authorities = _folder.File("authorities");
        File.Copy(_ca.File, authorities);
        await using var tier = await StartAsync(_ca.Server(), options => options.ClientCa = authorities, time);
        using var ask = new SecureTier(tier, _ca.Root, _ca.Client());
        Assert.Equal(StatusCode.OK, (await ask.InferAsync()).Call);
        File.Copy(_other.File, authorities, overwrite: true);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(StatusCode.PermissionDenied, (await ask.InferAsync()).Call);
    }

    public void Dispose()
    {
        _ca.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private static Task<RunningTier> StartAsync(
        (string Certificate, string Key) files, Action<DimecTierHostOptions>? configure = null, TimeProvider? time = null)
        => RunningTier.StartAsync(
            new FakeBackend(), options =>
            {
                (options.Certificate, options.CertificateKey) = files;
                configure?.Invoke(options);
            }, builder =>
            {
                if (time is not null)
                    builder.Services.AddSingleton(time);
            });

    /// <summary>The number of the certificate that a new connection is shown.</summary>
    private static async Task<string> ShownAsync(RunningTier tier, SslProtocols protocols = SslProtocols.None)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, tier.Addresses.Http.Port, Stop);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            EnabledSslProtocols = protocols,
#pragma warning disable CA5359 // Whatever is shown is looked at.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        }, Stop);
        return ((X509Certificate2)stream.RemoteCertificate!).SerialNumber;
    }
}
