using System.Net;
using System.Net.Sockets;
using System.Text;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dimec.Serving.Tests.Security;

/// <summary>Who is let in by a key, over REST, gRPC and gRPC's streams.</summary>
public sealed class AccessTests : IDisposable
{
    private const string Infer = "v2/models/dimec/infer";
    private const string Body = """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""";
    private const string Load = "v2/repository/models/dimec/load";

    private readonly TemporaryFolder _folder = new();
    private readonly ApiKey _app = ApiKey.Create("phone-app");
    private readonly ApiKey _admin = ApiKey.Create("operator", isAdmin: true);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string File => _folder.File("keys");

    [Fact]
    public async Task Who_has_a_key_is_let_in_and_nobody_else()
    {
        await using var tier = await StartAsync();
        using var ask = new SecureTier(tier);
        foreach (var (shown, status, sentence) in new[]
        {
            ((string?)null, StatusCode.Unauthenticated, "this tier answers who has an API key"),
            ("", StatusCode.Unauthenticated, "this tier answers who has"),
            ("Bearer", StatusCode.Unauthenticated, "this tier answers who has"),
            ($"Basic {_app.Secret}", StatusCode.Unauthenticated, "this tier answers who has"),
            (_app.Secret, StatusCode.Unauthenticated, "this tier answers who has"),
            ($"Bearer {_app.Line.Split(':')[1]}", StatusCode.Unauthenticated, "the API key is none that this tier knows"),
            ($"Bearer {_app.Secret}x", StatusCode.Unauthenticated, "the API key is none that this tier knows"),
            ($"Bearer {_app.Secret}", StatusCode.OK, ""),
            ($"bearer {_admin.Secret}", StatusCode.OK, ""),
        })
        {
            using var answer = await ask.SendAsync(Infer, shown, Body);
            Assert.Equal(status == StatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal(status == StatusCode.OK ? [] : ["Bearer"], answer.Headers.WwwAuthenticate.Select(wanted => $"{wanted}"));
            if (status != StatusCode.OK)
                Assert.StartsWith(sentence, RestCalls.Error(await RestCalls.JsonAsync(answer)), StringComparison.Ordinal);
            Assert.Equal((status, status), await ask.InferAsync(shown is "" ? null : shown));
        }
    }

    [Fact]
    public async Task Health_is_told_to_everybody_and_nothing_else_is()
    {
        await using var tier = await StartAsync(options => options.Reflection = true);
        using var ask = new SecureTier(tier);
        foreach (var path in new[] { "v2/health/live", "v2/health/ready", "V2/Health/Live/" })
        {
            using var open = await ask.SendAsync(path);
            Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        }

        Assert.True((await ask.Grpc.ServerLiveAsync(new(), cancellationToken: Stop)).Live);
        Assert.True((await ask.Grpc.ServerReadyAsync(new(), cancellationToken: Stop)).Ready);
        var health = new global::Grpc.Health.V1.Health.HealthClient(ask.Channel);
        Assert.Equal(
            HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new(), cancellationToken: Stop)).Status);

        foreach (var path in new[]
        {
            "v2", "v2/models/dimec", "v2/models/dimec/ready", "v2/models/dimec/config", "v2/models/stats", "v2/health", "v2/logging",
            "v2/trace/setting", "v2/health/live/..%2f..%2fmodels/stats", "v2/nothing", "", "metrics",
        })
        {
            using var refused = await ask.SendAsync(path);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, refused.StatusCode));
        }

        using var index = await ask.SendAsync("v2/repository/index", body: "{}");
        using var post = await ask.SendAsync("v2/health/live", body: "{}");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (index.StatusCode, post.StatusCode));
        var reflection = new global::Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(ask.Channel);
        using var open2 = reflection.ServerReflectionInfo(cancellationToken: Stop);
        Assert.Equal(StatusCode.Unauthenticated, await SecureTier.CodeOf(() => open2.ResponseStream.MoveNext(Stop)));
        Assert.Equal(
            StatusCode.Unauthenticated,
            await SecureTier.CodeOf(async () => await ask.Grpc.ModelStatisticsAsync(new(), cancellationToken: Stop)));
        Assert.Equal(
            StatusCode.Unauthenticated,
            await SecureTier.CodeOf(async () => await ask.Grpc.RepositoryIndexAsync(new(), cancellationToken: Stop)));
    }

    [Fact]
    public async Task Only_an_admins_key_has_models_loaded()
    {
        await using var tier = await StartAsync();
        using var ask = new SecureTier(tier);
        foreach (var (key, rest, grpc) in new[]
        {
            (_app, HttpStatusCode.Forbidden, StatusCode.PermissionDenied), (_admin, HttpStatusCode.OK, StatusCode.OK),
        })
        {
            using var answer = await ask.SendAsync(Load, $"Bearer {key.Secret}", "{}");
            Assert.Equal(rest, answer.StatusCode);
            var headers = new Metadata { { "authorization", $"Bearer {key.Secret}" } };
            Assert.Equal(grpc, await SecureTier.CodeOf(async () =>
                await ask.Grpc.RepositoryModelLoadAsync(new() { ModelName = "dimec" }, headers, cancellationToken: Stop)));
        }
    }

    [Fact]
    public async Task A_refusal_does_not_wait_for_the_body()
    {
        await using var tier = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, tier.Addresses.Http.Port, Stop);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /{Infer} HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n"), Stop);
        var head = new byte[12];
        await stream.ReadExactlyAsync(head, Stop);
        Assert.Equal("HTTP/1.1 401", Encoding.ASCII.GetString(head));
    }

    [Fact]
    public async Task Keys_rotate_while_the_tier_runs_and_a_file_that_is_none_changes_nothing()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var tier = await StartAsync(build: time);
        using var ask = new SecureTier(tier);
        var next = ApiKey.Create("phone-app-2");

        await System.IO.File.WriteAllTextAsync(File, $"{_app.Line}\n{next.Line}\n", Stop);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(StatusCode.OK, (await ask.InferAsync($"Bearer {next.Secret}")).Call);
        Assert.Equal(StatusCode.OK, (await ask.InferAsync($"Bearer {_app.Secret}")).Call);

        await System.IO.File.WriteAllTextAsync(File, next.Line, Stop);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(StatusCode.OK, (await ask.InferAsync($"Bearer {next.Secret}")).Call);
        Assert.Equal((StatusCode.Unauthenticated, StatusCode.Unauthenticated), await ask.InferAsync($"Bearer {_app.Secret}"));

        tier.Expected = entry => entry.Contains("list of API keys was changed and cannot be used", StringComparison.Ordinal)
            && entry.Contains("is no key; write a line", StringComparison.Ordinal)
            && !entry.Contains(_folder.Path, StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(File, $"{next.Line}\n{_app.Secret}\n", Stop);
        for (var look = 0; look < 5; look++)
            time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(StatusCode.OK, (await ask.InferAsync($"Bearer {next.Secret}")).Call);
        Assert.Single(tier.Log);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<RunningTier> StartAsync(Action<DimecTierHostOptions>? configure = null, TimeProvider? build = null)
    {
        await System.IO.File.WriteAllTextAsync(File, $"{_app.Line}\n{_admin.Line}\n", Stop);
        return await RunningTier.StartAsync(
            new FakeBackend(), options =>
            {
                options.ApiKeys = File;
                configure?.Invoke(options);
            }, builder =>
            {
                if (build is not null)
                    builder.Services.AddSingleton(build);
            });
    }
}
