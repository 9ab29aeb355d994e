using System.Net;
using System.Text.Json;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Tests.Rest;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>The first tier served on the device itself: the plan's answer for an app in any language.</summary>
public class DevicePlanTests
{
    [Theory]
    [InlineData("forwarded", "grpc")]
    [InlineData("carried", "http")]
    [InlineData("text", "grpc")]
    public async Task The_plan_model_answers_as_the_client_does_and_as_the_plan_does_offline(string start, string transport)
    {
        using var test = new LadderBundle(start);
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", Url(transport, cloud)));
        await using var mobile = await StartAsync(test.Folder, "mobile", ("edge", Url(transport, edge)), ("cloud", Url(transport, cloud)));
        using var app = new OpenInferenceClient(Url(transport, mobile));

        var played = test.Played;
        var exits = new HashSet<int>();
        foreach (var rows in Enumerable.Range(0, test.Texts.Count).Chunk(75))
        {
            var response = await AskAsync(app, rows.Select(row => test.Texts[row]));
            var (tiers, labels) = (response.Output("tier")!.ToStrings(), response.Output("label")!.ToStrings());
            var costs = response.Output("cost")!.ToArray<double>();
            Assert.Equal(
                rows.Select(row => (
                    test.Bundle.Manifest.Tiers[played.Tiers[row]].Name, test.Bundle.Manifest.Labels[played.Labels[row]],
                    played.Costs[row])),
                rows.Select((_, place) => (tiers[place], labels[place], costs[place])));
            exits.UnionWith(response.Output("exit")!.ToArray<int>());
            Assert.DoesNotContain(true, response.Output("fallback")!.ToArray<bool>());
            Assert.All(response.Output("confidence")!.ToArray<float>(), confidence => Assert.InRange(confidence, 0.5f, 1));
            Assert.Equal([75, 1], response.Outputs[0].Shape);
            Assert.False(response.Parameters.ContainsKey("dimec_forward_failure"));
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], exits.Order());
    }

    [Fact]
    public async Task Without_a_network_the_device_answers_with_what_it_has_and_says_why()
    {
        using var test = new LadderBundle();
        await using var mobile = await StartAsync(test.Folder, "mobile");
        using var app = new OpenInferenceClient(mobile.Addresses.Http);
        var response = await AskAsync(app, test.Texts.Take(100));
        var played = test.Played;
        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => played.Tiers[i] > 0), response.Output("fallback")!.ToArray<bool>());
        Assert.All(response.Output("tier")!.ToStrings(), tier => Assert.Equal("mobile", tier));
        Assert.Equal([0, 1, 2], response.Output("exit")!.ToArray<int>().Distinct().Order());
        Assert.Contains("was given no address of it", response.Parameters["dimec_forward_failure"].String, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_text_is_one_body_and_what_is_no_text_is_refused()
    {
        using var test = new LadderBundle();
        await using var mobile = await StartAsync(test.Folder, "mobile");
        using var answer = await mobile.PostBinaryAsync("v2/models/dimec_plan/infer", "a b c"u8.ToArray(), "0");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        foreach (var (json, sentence) in new[]
        {
            ("""{"inputs":[]}""", "needs the input 'text'"),
            ("""{"inputs":[{"name":"text","shape":[0],"datatype":"BYTES","data":[]}]}""", "the batch is empty"),
            ("""{"inputs":[{"name":"text","shape":[1,1,1],"datatype":"BYTES","data":["a"]}]}""", "give [rows] or [rows, 1]"),
            ("""{"parameters":{"dimec_deadline_ms":"0"},"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""", "at least 1"),
        })
        {
            var (status, body) = await mobile.PostAsync("v2/models/dimec_plan/infer", json);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_the_first_tier_has_it_and_its_text_model_answers_by_its_own_exit()
    {
        using var test = new LadderBundle();
        await using var edge = await StartAsync(test.Folder, "edge");
        await using var mobile = await StartAsync(test.Folder, "mobile");
        Assert.Equal(HttpStatusCode.NotFound, (await edge.GetAsync("v2/models/dimec_plan")).Status);
        var (_, metadata) = await mobile.GetAsync("v2/models/dimec_plan");
        Assert.Equal(
            ["label", "confidence", "tier", "exit", "cost", "fallback", "truncated"],
            metadata.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()));
        Assert.Equal(128, (await mobile.GetAsync("v2/models/dimec_plan/config")).Body.GetProperty("max_batch_size").GetInt32());
        // What a walk gives has not a row for a row.
        Assert.Equal(0, (await edge.GetAsync("v2/models/dimec_walk/config")).Body.GetProperty("max_batch_size").GetInt32());
        var (_, body) = await mobile.PostAsync(
            "v2/models/dimec/infer", """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["a"]}]}""");
        Assert.Equal("2", body.GetProperty("parameters").GetProperty("dimec_exit").GetString());
        Assert.Equal(JsonValueKind.Undefined, Fallback(body).ValueKind);
    }

    [Fact]
    public async Task A_plan_that_takes_tiers_as_wholes_is_answered_as_well()
    {
        using var test = new TestBundle("edge");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        await using var mobile = await StartAsync(test.Folder, "mobile", ("edge", edge.Addresses.Grpc));
        using var app = new OpenInferenceClient(mobile.Addresses.Grpc);
        var response = await AskAsync(app, ["a", "b"]);
        Assert.Equal(["edge", "edge"], response.Output("tier")!.ToStrings());
    }

    private static JsonElement Fallback(JsonElement body) =>
        body.GetProperty("outputs").EnumerateArray().FirstOrDefault(output => output.GetProperty("name").GetString() == "fallback");

    private static async Task<InferResponse> AskAsync(OpenInferenceClient app, IEnumerable<string> texts)
    {
        string[] all = [.. texts];
        var response = await app.InferAsync(new InferRequest("dimec_plan", [Tensor.FromStrings("text", [all.Length, 1], all)]), Stop);
        Assert.True(response.IsSuccess, response.Failure?.Message);
        return response.Value;
    }
}
