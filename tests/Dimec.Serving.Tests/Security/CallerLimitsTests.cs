using System.Net;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Grpc.Core;
using Grpc.Health.V1;

namespace Dimec.Serving.Tests.Security;

/// <summary>The limits of docs/security.md on what a request says of itself, each a refusal before anything is made of it.</summary>
public class CallerLimitsTests
{
    private const string Infer = "v2/models/dimec/infer";
    private const string Input = """{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}""";

    private static readonly string s_long = new('a', 70_000);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ids_tensors_and_names_are_bounded()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        foreach (var (body, sentence) in new[]
        {
            ($$"""{"id":"{{new string('a', 4097)}}","inputs":[{{Input}}]}""", "the id is 4097 characters long; at most 4096"),
            ($$"""{"inputs":[{{string.Join(',', Enumerable.Repeat(Input, 65))}}]}""", "64"),
        })
        {
            var (status, answer) = await tier.PostAsync(Infer, body);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(sentence, RestCalls.Error(answer), StringComparison.Ordinal);
        }

        // What is too long to be one of the tier's parameters is none.
        var name = new string('a', 4097);
        var passed = await tier.PostAsync(Infer, $$"""{"parameters":{"{{name}}":1},"inputs":[{{Input}}]}""");
        Assert.Equal(HttpStatusCode.OK, passed.Status);
        var request = SecureTier.Request.Clone();
        request.Parameters[name] = new() { Int64Param = 1 };
        Assert.Equal("edge", (await tier.Grpc.ModelInferAsync(request, cancellationToken: Stop)).Parameters["dimec_tier"].StringParam);
    }

    [Fact]
    public async Task Calls_that_bring_no_tensors_bring_little()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        foreach (var path in new[] { "v2/repository/index", "v2/repository/models/dimec/load", "v2/logging", "v2/trace/setting" })
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, (await tier.PostAsync(path, $$"""{"a":"{{s_long}}"}""")).Status));
        Assert.Equal(StatusCode.ResourceExhausted, await SecureTier.CodeOf(async () =>
            await tier.Grpc.RepositoryIndexAsync(new() { RepositoryName = s_long }, cancellationToken: Stop)));
        var health = new global::Grpc.Health.V1.Health.HealthClient(tier.Channel);
        Assert.Equal(StatusCode.ResourceExhausted, await SecureTier.CodeOf(async () =>
            await health.CheckAsync(new HealthCheckRequest { Service = s_long }, cancellationToken: Stop)));
    }
}
