using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>The client of anybody's servers, against a tier.</summary>
public class OpenInferenceClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("grpc", BinaryData.Auto)]
    [InlineData("http", BinaryData.Auto)]
    [InlineData("http", BinaryData.Never)]
    public async Task It_asks_a_tier_all_that_the_protocol_has(string transport, BinaryData binary)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var client = new OpenInferenceClient(
            ClientTests.Url(transport, tier), new OpenInferenceClientOptions { BinaryData = binary });

        Assert.True((await client.IsServerLiveAsync(Stop)).Value);
        Assert.True((await client.IsServerReadyAsync(Stop)).Value);
        Assert.True((await client.IsModelReadyAsync("dimec", "3", Stop)).Value);
        Assert.Equal("dimec", (await client.GetServerMetadataAsync(Stop)).Value?.Name);
        Assert.Equal(
            ["input_ids", "attention_mask", "token_type_ids"],
            (await client.GetModelMetadataAsync("dimec_edge", cancellationToken: Stop)).Value!.Inputs.Select(input => input.Name));

        var texts = await client.InferAsync(new InferRequest("dimec", [Tensor.FromStrings("text", [2, 1], ["a", "é"])]) { Id = "7" }, Stop);
        Assert.Equal(("7", "3", "edge"), (texts.Value!.Id, texts.Value.Version, texts.Value.Parameters["dimec_tier"].String));
        Assert.Equal(2, texts.Value.Output("label")!.ToStrings().Length);
        Assert.Equal([2, 2], texts.Value.Output("probabilities")!.Shape);

        var tokens = new InferRequest(
            "dimec_edge", [Tensor.From<long>("input_ids", [1, 2], [101, 5]), Tensor.From<long>("attention_mask", [1, 2], [1, 1])]);
        var logits = (await client.InferAsync(tokens, Stop)).Value!.Output("logits")!.ToArray<float>();
        Assert.Equal([1.06f, 2], logits);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task What_a_tier_refuses_is_a_value(string transport)
    {
        await using var tier = await RunningTier.StartAsync(new FakeBackend());
        using var client = new OpenInferenceClient(ClientTests.Url(transport, tier));
        var text = Tensor.FromStrings("text", [1], ["a"]);

        Assert.Equal(
            OpenInferenceFailureReason.NotFound, (await client.GetModelMetadataAsync("moon", cancellationToken: Stop)).Failure?.Reason);
        Assert.Equal(
            OpenInferenceFailureReason.NotFound,
            (await client.InferAsync(new InferRequest("dimec", [text]) { Version = "9" }, Stop)).Failure?.Reason);
        var wrong = (await client.InferAsync(new InferRequest("dimec_edge", [text]), Stop)).Failure;
        Assert.Equal(
            (
                OpenInferenceFailureReason.InvalidArgument,
                "model 'dimec_edge' takes no input 'text'; it takes input_ids, attention_mask, token_type_ids"),
            (wrong?.Reason, wrong?.ServerMessage));
        var other = new InferRequest("dimec", [text]) { Parameters = new Dictionary<string, ParameterValue> { ["dimec_bundle"] = "b" } };
        var expected = transport == "grpc" ? OpenInferenceFailureReason.FailedPrecondition : OpenInferenceFailureReason.InvalidArgument;
        Assert.Equal(expected, (await client.InferAsync(other, Stop)).Failure?.Reason);
    }
}
