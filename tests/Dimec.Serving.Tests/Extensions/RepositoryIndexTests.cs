using System.Net;
using System.Text.Json;
using Dimec.OpenInference.Grpc.Messages;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using Grpc.Core;

namespace Dimec.Serving.Tests.Extensions;

/// <summary>Which models there are, and that nothing but what is deployed is loaded over the protocol.</summary>
public class RepositoryIndexTests
{
    private const string Index =
        """[{"name":"dimec","version":"3","state":"READY","reason":""},{"name":"dimec_edge","version":"3","state":"READY","reason":""}]""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"ready":true}""")]
    [InlineData("""{"ready":false,"other":[1]}""")]
    public async Task The_index_has_all_models(string body)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, index) = await tier.PostAsync("v2/repository/index", body);
        Assert.Equal((HttpStatusCode.OK, Index), (status, index.GetRawText()));
        var grpc = await tier.Grpc.RepositoryIndexAsync(new() { Ready = true }, cancellationToken: Stop);
        Assert.Equal([("dimec", "3", "READY", ""), ("dimec_edge", "3", "READY", "")],
            grpc.Models.Select(model => (model.Name, model.Version, model.State, model.Reason)));
    }

    [Theory]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"ready":1}""", "must be true or false")]
    [InlineData("\u0000", "not valid JSON")]
    [InlineData("""{"\ud800":1}""", "not valid JSON")]
    public async Task A_body_that_is_none_of_an_index_is_400(string body, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, refusal) = await tier.PostAsync("v2/repository/index", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(sentence, RestCalls.Error(refusal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_or_a_message_larger_than_any_such_call_takes_is_refused()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var large = JsonSerializer.Serialize(new { x = new string('x', 100_000) });
        Assert.Equal(HttpStatusCode.BadRequest, (await tier.PostAsync("v2/repository/index", large)).Status);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await tier.Grpc.RepositoryIndexAsync(new() { RepositoryName = new string('x', 100_000) }, cancellationToken: Stop));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Theory]
    [InlineData("v2/repository/models/dimec/load", "load without parameters")]
    [InlineData("v2/repository/models/nothing/unload", "deploy another one in its place")]
    [InlineData("v2/repository/mine/models/dimec/load", "leave repository_name out")]
    [InlineData("v2/repository/mine/models/dimec/unload", "leave repository_name out")]
    [InlineData("v2/repository/mine/index", "leave repository_name out")]
    public async Task Nothing_is_taken_over_the_protocol_or_unloaded_and_repositories_have_no_names(string address, string sentence)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var (status, body) = await tier.PostAsync(address, """{"parameters":{"config":"{}"}}""");
        Assert.Equal(HttpStatusCode.NotImplemented, status);
        Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await tier.GetAsync(address)).Status);
    }

    [Fact]
    public async Task And_so_it_is_over_grpc()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        var parameters = new RepositoryModelLoadRequest { ModelName = "dimec" };
        parameters.Parameters.Add("config", new ModelRepositoryParameter { StringParam = "{}" });
        await RefusedAsync("load without parameters", tier.Grpc.RepositoryModelLoadAsync(parameters, cancellationToken: Stop));
        await RefusedAsync("deploy another", tier.Grpc.RepositoryModelUnloadAsync(new() { ModelName = "dimec" }, cancellationToken: Stop));
        await RefusedAsync("repository_name", tier.Grpc.RepositoryModelLoadAsync(
            new() { ModelName = "dimec", RepositoryName = "a" }, cancellationToken: Stop));
        await RefusedAsync("repository_name", tier.Grpc.RepositoryModelUnloadAsync(
            new() { ModelName = "dimec", RepositoryName = "a" }, cancellationToken: Stop));
        await RefusedAsync("repository_name", tier.Grpc.RepositoryIndexAsync(new() { RepositoryName = "a" }, cancellationToken: Stop));
    }

    [Fact]
    public async Task To_load_what_is_served_already_is_done_and_changes_nothing()
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var answer = await tier.Http.PostAsync(
            new Uri("v2/repository/models/dimec/load", UriKind.Relative), new StringContent("{}"), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await tier.Grpc.RepositoryModelLoadAsync(new() { ModelName = "dimec_edge" }, cancellationToken: Stop);
        await RefusedAsync(
            "there is no model 'nothing'", tier.Grpc.RepositoryModelLoadAsync(new() { ModelName = "nothing" }, cancellationToken: Stop),
            StatusCode.NotFound);
        Assert.Equal(Index, (await tier.PostAsync("v2/repository/index", "")).Body.GetRawText());
    }

    internal static async Task RefusedAsync<T>(string sentence, AsyncUnaryCall<T> call, StatusCode code = StatusCode.Unimplemented)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(code, refused.StatusCode);
        Assert.Contains(sentence, refused.Status.Detail, StringComparison.Ordinal);
    }
}
