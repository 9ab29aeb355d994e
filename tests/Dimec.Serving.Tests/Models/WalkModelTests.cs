using Dimec.Bundles;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Tests.ClientAndTier;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.Models;

/// <summary>The models that take hidden states, asked as anybody can ask them.</summary>
public class WalkModelTests
{
    private const int Hidden = 24;

    [Fact]
    public async Task A_tier_names_the_models_that_the_plan_needs_and_what_they_take()
    {
        using var test = new LadderBundle();
        await using var edge = await StartAsync(test.Folder, "edge");
        using var client = new OpenInferenceClient(edge.Addresses.Grpc);
        foreach (var name in new[] { "dimec", "dimec_edge", "dimec_2_3", "dimec_3_4", "dimec_walk", "dimec_walk_2", "dimec_walk_3" })
            Assert.True((await client.GetModelMetadataAsync(name, "3", Stop)).IsSuccess, name);
        var stretch = (await client.GetModelMetadataAsync("dimec_2_3", "3", Stop)).Value!;
        Assert.Equal(["hidden_states", "attention_mask"], stretch.Inputs.Select(input => input.Name));
        Assert.Equal(["logits", "hidden_states"], stretch.Outputs.Select(output => output.Name));
        Assert.False((await client.GetModelMetadataAsync("dimec_4_5", "3", Stop)).IsSuccess);
    }

    [Theory]
    [InlineData("fp32", 1e-4)]
    [InlineData("fp16", 1e-2)]
    [InlineData("int8", 0.5)]
    public async Task Hidden_states_carried_by_anybody_give_the_unbroken_models_logits(string format, double tolerance)
    {
        using var test = new LadderBundle();
        await using var edge = await StartAsync(test.Folder, "edge");
        await using var cloud = await StartAsync(test.Folder, "cloud");
        using var first = new OpenInferenceClient(edge.Addresses.Http);
        using var second = new OpenInferenceClient(cloud.Addresses.Grpc);
        long[] ids = [2, 5, 6, 7, 3, 2, 9, 3, 0, 0], mask = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0];
        Tensor[] tokens = [Tensor.From<long>("input_ids", [2, 5], ids), Tensor.From<long>("attention_mask", [2, 5], mask)];
        var there = await InferAsync(
            first, "dimec_edge", tokens, new() { [TierNames.HiddenFormatParameter] = format }, "logits", "hidden_states");
        Assert.Equal([2, 5, Hidden], there.Output("hidden_states")!.Shape);
        Assert.Equal(format == "int8", there.Output("hidden_scales") is not null);

        Tensor[] states = [.. there.Outputs.Where(tensor => tensor.Name != "logits"), tokens[1]];
        var resumed = await InferAsync(second, "dimec_4_5", states, []);
        var whole = await InferAsync(second, "dimec_cloud", tokens, []);

        Assert.Equal(
            whole.Output("logits")!.ToArray<float>(), resumed.Output("logits")!.ToArray<float>(),
            (one, other) => Math.Abs(one - other) < tolerance);
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "bundle", "dimec_2_3", "the request was made for aaaa" },
        {
            "layer", "dimec_2_3",
            "the request brings the hidden states after layer '3'; model 'dimec_2_3' goes on from those after layer 2"
        },
        { "shape", "dimec_2_3", "'hidden_states' has the shape [1,2,23]; give [rows, tokens, 24]" },
        {
            "layer number", "dimec_2_3",
            "the request brings the hidden states after layer '3'; model 'dimec_2_3' goes on from those after layer 2"
        },
        {
            "mask", "dimec_2_3",
            "'attention_mask' has the shape [1,3] where 'hidden_states' has [1,2,24]; give it the same rows and tokens"
        },
        { "number", "dimec_2_3", "hidden_states row 0, token 1: has the number NaN; send finite numbers." },
        { "long", "dimec_2_3", "'hidden_states' has 33 tokens a row; send 1 to 32 tokens, for which this bundle was made" },
        { "format", "dimec_2_3", "'dimec_hidden_states' is 'fp8'; give one of fp32, fp16, int8" },
        { "passed", "dimec_walk_2", "row 0 brings the hidden states after layer 2 and has passed no exit" },
        { "deadline", "dimec_walk_2", "'dimec_deadline_ms' is 'soon'; give whole milliseconds, at least 1" },
        { "stop", "dimec_walk", "'dimec_stop' is '5'; tier 'edge' stops at layer 4 from there" },
        { "nowhere", "dimec_walk", "'dimec_stop' is missing; tier 'edge' stops at layer 4 from there" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_does_not_fit_is_refused_in_one_sentence(string kind, string model, string sentence)
    {
        using var test = new LadderBundle();
        await using var edge = await StartAsync(test.Folder, "edge");
        // Over either transport, by turns.
        using var client = new OpenInferenceClient(kind.Length % 2 == 0 ? edge.Addresses.Http : edge.Addresses.Grpc);
        var size = kind == "shape" ? Hidden - 1 : Hidden;
        var tokens = kind == "long" ? 33 : 2;
        var values = new float[tokens * size];
        if (kind == "number")
            values[Hidden] = float.NaN;
        var maskTokens = kind == "mask" ? 3 : tokens;
        var mask = Tensor.From<long>("attention_mask", [1, maskTokens], Enumerable.Repeat(1L, maskTokens).ToArray());
        Tensor[] inputs = model == "dimec_walk"
            ?
            [
                Tensor.From<long>("input_ids", [1, 2], [2, 3]), mask,
                Tensor.From<int>("passed", [1, 1, 4], [0, 0, 0, 1]), Tensor.From<float>("passed_logits", [1, 1, 2], [0, 0]),
            ]
            : [Tensor.From<float>("hidden_states", [1, tokens, size], values), mask];
        var parameters = new Dictionary<string, ParameterValue>();
        if (kind == "bundle")
            parameters[TierNames.BundleParameter] = new string('a', 64);
        if (kind == "layer")
            parameters[TierNames.LayerParameter] = "3";
        // A number is taken at its digits.
        if (kind == "layer number")
            parameters[TierNames.LayerParameter] = 3L;
        if (kind == "format")
            parameters[TierNames.HiddenFormatParameter] = "fp8";
        if (kind == "stop")
            parameters[TierNames.StopParameter] = "5";
        if (kind == "deadline")
            parameters[TierNames.DeadlineParameter] = "soon";

        var result = await client.InferAsync(new InferRequest(model, inputs) { Version = "3", Parameters = parameters }, Stop);

        Assert.Contains(sentence, result.Failure!.Message, StringComparison.Ordinal);
    }

    private static async Task<InferResponse> InferAsync(
        OpenInferenceClient client, string model, IReadOnlyList<Tensor> inputs, Dictionary<string, ParameterValue> parameters,
        params string[] outputs)
    {
        var result = await client.InferAsync(
            new InferRequest(model, inputs)
            {
                Version = "3",
                Parameters = parameters,
                Outputs = [.. outputs.Select(name => new RequestedOutput(name))],
            },
            Stop);
        Assert.True(result.IsSuccess, result.Failure?.Message);
        return result.Value!;
    }
}
