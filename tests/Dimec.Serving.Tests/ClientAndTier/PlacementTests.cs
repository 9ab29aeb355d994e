using System.Net;
using Dimec.Inference;
using Dimec.OpenInference;
using Dimec.OpenInference.Tensors;
using Dimec.Serving.Tests.Hosting;
using Dimec.Serving.Tests.Rest;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>Texts that are to stay here, to be answered by one tier, or to have no answer that is not sure.</summary>
public class PlacementTests
{
    [Fact]
    public async Task A_text_that_stays_here_is_sent_to_nobody_and_answered_by_the_phone()
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", cloud.Addresses.Grpc));
        using var folder = new TemporaryFolder();
        TextInput[] local = [.. test.Texts.Select(text => new TextInput(text) { IsLocalOnly = true })];
        Classification[] kept;
        await using (var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Grpc, ["cloud"] = cloud.Addresses.Grpc },
            Patient with { Record = folder.File("record.jsonl"), CacheSize = 1000 }, cancellationToken: Stop))
        {
            var asked = await AskedAsync(edge, cloud);
            kept = [.. await client.ClassifyAsync(local, Stop)];
            kept = [.. await client.ClassifyAsync(local, Stop)];
            Assert.Equal(asked, await AskedAsync(edge, cloud));
        }

        Assert.Equal(0, new FileInfo(folder.File("record.jsonl")).Length);
        Assert.All(kept, answer => Assert.Equal((0, null, false), (answer.TierIndex, answer.Error, answer.Cached)));
        var played = test.Played;
        Assert.Equal(played.Tiers.Select(tier => tier > 0), kept.Select(answer => answer.Fallback));
        Assert.All(
            kept.SelectMany(answer => answer.Failures), failure => Assert.Equal(TierFailureReason.NotAllowed, failure.Reason));
        // What the plan answers here is answered as ever.
        Assert.All(
            Enumerable.Range(0, kept.Length).Where(i => played.Tiers[i] == 0), i => Assert.Equal(played.Labels[i], kept[i].LabelIndex));
    }

    /// <summary>How many requests tiers have answered, or refused.</summary>
    internal static async Task<long> AskedAsync(params RunningTier[] tiers)
    {
        var asked = 0L;
        foreach (var tier in tiers)
        {
            var (_, body) = await tier.GetAsync("v2/models/stats");
            asked += body.GetProperty("model_stats").EnumerateArray()
                .Select(model => model.GetProperty("inference_stats"))
                .Sum(stats => stats.GetProperty("success").GetProperty("count").GetInt64()
                    + stats.GetProperty("fail").GetProperty("count").GetInt64());
        }

        return asked;
    }

    [Theory]
    [InlineData("mobile")]
    [InlineData("edge")]
    [InlineData("cloud")]
    public async Task A_text_that_is_pinned_is_answered_by_that_tiers_own_exit(string tier)
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", cloud.Addresses.Grpc));
        await using var client = await LadderClientTests.ConnectAsync(test, ("edge", edge.Addresses.Grpc), ("cloud", cloud.Addresses.Grpc));
        var texts = test.Texts.Take(40).ToList();
        var answers = await client.ClassifyAsync([.. texts.Select(text => new TextInput(text) { Tier = tier })], Stop);
        foreach (var (text, answer) in texts.Zip(answers))
        {
            Assert.Equal((tier, test.Bundle.Tier(tier).Exit, false), (answer.Tier, answer.Exit, answer.Fallback));
            var expected = TestBundle.LogitsOf(test.Bundle, tier, text);
            Assert.All(Enumerable.Range(0, expected.Length), i => Assert.Equal(expected[i], answer.Logits[i], 1e-4f));
        }
    }

    [Fact]
    public async Task A_pinned_tier_that_cannot_be_had_has_a_stand_in_that_says_so()
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var client = await LadderClientTests.ConnectAsync(test, ("cloud", cloud.Addresses.Grpc));
        var answer = (await client.ClassifyAsync([new TextInput("a b") { Tier = "edge" }], Stop))[0];
        Assert.Equal(("cloud", true, TierFailureReason.NotConfigured), (answer.Tier, answer.Fallback, answer.Failures[0].Reason));
    }

    [Fact]
    public async Task A_tier_that_there_is_not_or_that_runs_elsewhere_is_refused()
    {
        using var test = new LadderBundle();
        await using var client = await LadderClientTests.ConnectAsync(test);
        var wrong = await Assert.ThrowsAsync<InputException>(() =>
            client.ClassifyAsync([new TextInput("a"), new TextInput("a") { Tier = "moon" }], Stop));
        Assert.Equal(
            "inputs[1]: is to be answered by 'moon', which is no tier of this bundle; name mobile or edge or cloud.", wrong.Message);
        wrong = await Assert.ThrowsAsync<InputException>(() =>
            client.ClassifyAsync([new TextInput("a") { Tier = "cloud", IsLocalOnly = true }], Stop));
        Assert.Contains("runs elsewhere", wrong.Message, StringComparison.Ordinal);
        var answer = (await client.ClassifyAsync([new TextInput("a") { Tier = "mobile", IsLocalOnly = true }], Stop))[0];
        Assert.Equal("mobile", answer.Tier);
    }

    [Fact]
    public async Task An_answer_that_is_not_sure_enough_abstains_and_says_its_likeliest_class()
    {
        using var test = new LadderBundle();
        TextInput[] texts = [.. test.Texts.Select(text => new TextInput(text) { IsLocalOnly = true })];
        async Task<IReadOnlyList<Classification>> AnswersAsync(double? below)
        {
            await using var client = await DimecClient.ConnectAsync(
                test.Bundle, new Dictionary<string, Uri>(), Patient with { AbstainBelow = below }, cancellationToken: Stop);
            return await client.ClassifyAsync(texts, Stop);
        }

        var all = await AnswersAsync(null);
        var middle = all.Select(answer => answer.Confidence).Order().ElementAt(all.Count / 2);
        var some = await AnswersAsync(middle);
        Assert.DoesNotContain(all, answer => answer.Abstained);
        Assert.Equal(all.Select(answer => answer.Confidence < middle), some.Select(answer => answer.Abstained));
        Assert.Equal(all.Select(answer => answer.Label), some.Select(answer => answer.Label));
        Assert.InRange(some.Count(answer => answer.Abstained), 1, some.Count - 1);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public async Task A_confidence_that_is_none_and_a_size_that_is_none_are_named_together(double below)
    {
        using var test = new LadderBundle();
        var wrong = await Assert.ThrowsAsync<InputException>(() => DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri>(), new DimecClientOptions { AbstainBelow = below, CacheSize = -1 },
            cancellationToken: Stop));
        Assert.Equal(2, wrong.Errors.Count);
    }

    [Fact]
    public async Task Apps_in_other_languages_say_it_in_parameters()
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", cloud.Addresses.Grpc));
        await using var mobile = await StartAsync(
            test.Folder, "mobile", ("edge", edge.Addresses.Grpc), ("cloud", cloud.Addresses.Grpc));
        using var app = new OpenInferenceClient(mobile.Addresses.Grpc);
        string[] texts = [.. test.Texts.Take(60)];
        foreach (ParameterValue stays in new ParameterValue[] { true, "true" })
        {
            var local = await AskAsync(new() { ["dimec_local_only"] = stays });
            Assert.All(local.Output("tier")!.ToStrings(), tier => Assert.Equal("mobile", tier));
            Assert.Equal(test.Played.Tiers.Take(60).Select(tier => tier > 0), local.Output("fallback")!.ToArray<bool>());
        }

        var pinned = await AskAsync(new() { ["dimec_pin"] = "cloud", ["dimec_local_only"] = false });
        Assert.All(pinned.Output("tier")!.ToStrings(), tier => Assert.Equal("cloud", tier));
        Assert.DoesNotContain(true, pinned.Output("fallback")!.ToArray<bool>());

        async Task<InferResponse> AskAsync(Dictionary<string, ParameterValue> parameters)
        {
            var response = await app.InferAsync(
                new InferRequest("dimec_plan", [Tensor.FromStrings("text", [60, 1], texts)]) { Parameters = parameters }, Stop);
            Assert.True(response.IsSuccess, response.Failure?.Message);
            return response.Value;
        }
    }

    [Theory]
    [InlineData("dimec_plan", "\"dimec_pin\":\"moon\"", "no tier of this bundle")]
    [InlineData("dimec_plan", "\"dimec_local_only\":1.5", "give true or false")]
    [InlineData("dimec_plan", "\"dimec_local_only\":[true]", "give true or false")]
    [InlineData("dimec_plan", "\"dimec_local_only\":{}", "give true or false")]
    [InlineData("dimec", "\"dimec_local_only\":[true]", "give true or false")]
    [InlineData("dimec_plan", "\"dimec_local_only\":\"yes\"", "give true or false")]
    [InlineData("dimec_plan", "\"dimec_local_only\":true,\"dimec_pin\":\"cloud\"", "runs elsewhere")]
    [InlineData("dimec", "\"dimec_pin\":\"cloud\"", "is this tier's own answer, mobile's; ask cloud, or 'dimec_plan' on the first tier")]
    public async Task A_parameter_that_means_nothing_is_refused(string model, string parameters, string sentence)
    {
        using var test = new LadderBundle();
        await using var mobile = await StartAsync(test.Folder, "mobile");
        var (status, body) = await mobile.PostAsync(
            $"v2/models/{model}/infer",
            "{\"parameters\":{" + parameters + "},\"inputs\":[{\"name\":\"text\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"a\"]}]}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(sentence, RestCalls.Error(body), StringComparison.Ordinal);
    }
}
