using System.Net;
using System.Text.Json;
using Dimec.Serving.Tests.Grpc;
using Dimec.Serving.Tests.Rest;
using Grpc.Core;

namespace Dimec.Serving.Tests.Hosting;

/// <summary>What is made of logits: probabilities that are numbers whatever the logits are, and the label of the largest.</summary>
public class AnswerTests
{
    [Theory]
    [InlineData(120, "sad", 1f)]
    [InlineData(1000, "sad", 1f)]
    [InlineData(-1000, "glad", 0f)]
    [InlineData(3e38f, "sad", 1f)]
    [InlineData(-3e38f, "glad", 0f)]
    public async Task Large_logits_are_answered_with_their_label_and_with_probabilities(float offset, string label, float probability)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend { Offset = offset });
        var (status, body) = await PostAsync(tier, "a");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(label, Data(body, "label")[0].GetString());
        Assert.Equal([probability, 1 - probability], Data(body, "probabilities").EnumerateArray().Select(value => value.GetSingle()));
    }

    [Fact]
    public async Task The_label_is_that_of_the_largest_logit_where_probabilities_cannot_tell_and_of_equals_the_first()
    {
        // Two tokens, 101 and 99: the logits are 2 and 2; then one unit in the last place less, which fp32 probabilities
        // near a half still show or not.
        await using var equal = await RunningTier.StartAsync(new FakeBackend());
        Assert.Equal("sad", Data((await PostAsync(equal, "c")).Body, "label")[0].GetString());
        await using var below = await RunningTier.StartAsync(new FakeBackend { Offset = -2.4e-7f });
        Assert.Equal("glad", Data((await PostAsync(below, "c")).Body, "label")[0].GetString());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public async Task A_logit_that_is_no_number_is_an_error_that_names_its_row(float offset)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend { Offset = offset });
        tier.Expected = entry => entry.Contains("not a finite number", StringComparison.Ordinal)
            && !entry.Contains(" at ", StringComparison.Ordinal);
        var (status, body) = await PostAsync(tier, "a");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Contains("gave row 0 a logit that is not a finite number", RestCalls.Error(body), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RpcException>(() => GrpcTests.InferAsync(tier, GrpcTests.Typed()));
        Assert.Equal(StatusCode.Internal, refused.StatusCode);
        Assert.Contains("row 0", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_of_more_tokens_than_a_run_may_have_is_cut_into_runs()
    {
        var backend = new FakeBackend { MaxTokens = 16 };
        await using var tier = await RunningTier.StartAsync(backend, options => options.Tier.MaxTokens = 16);
        var ids = string.Join(',', Enumerable.Range(1, 25));
        var ones = string.Join(',', Enumerable.Repeat(1, 25));
        var (status, body) = await tier.PostAsync("v2/models/dimec_edge/infer",
            $$"""{"inputs":[{"name":"input_ids","shape":[5,5],"datatype":"INT64","data":[{{ids}}]},{"name":"attention_mask","shape":[5,5],"datatype":"INT64","data":[{{ones}}]}]}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2, backend.Runs);
        Assert.Equal(
            [0.15f, 5, 0.4f, 5, 0.65f, 5, 0.9f, 5, 1.15f, 5], Data(body, "logits").EnumerateArray().Select(value => value.GetSingle()));
    }

    private static JsonElement Data(JsonElement body, string output)
        => body.GetProperty("outputs").EnumerateArray().Single(one => one.GetProperty("name").GetString() == output).GetProperty("data");

    private static Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(RunningTier tier, string text)
        => tier.PostAsync("v2/models/dimec/infer", $$"""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["{{text}}"]}]}""");
}
