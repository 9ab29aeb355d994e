using System.Globalization;
using Dimec.Costs;
using Dimec.Inference;
using Dimec.Serving.Tests.ClientAndTier;

namespace Dimec.Serving.Tests.Foreign;

/// <summary>A server that is not ours, on the bundle's own ONNX files, as edge and cloud.</summary>
public class ForeignServerTests
{
    private static CancellationToken Stop => ClientTests.Stop;

    private static readonly string[] s_transports = ["grpc", "http"];
    private static readonly string[] s_edge = ["edge"];
    private static readonly string[] s_both = ["edge", "cloud"];

    [Theory]
    [InlineData(true, "3")]
    [InlineData(false, null)]
    [InlineData(true, "1")]
    public async Task Every_text_gets_the_logits_that_the_models_give_it_here(bool binary, string? version)
    {
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => string.Join(' ', $"{(i * 7919) + 1000}".AsEnumerable()))];
        using var test = new TestBundle("cascade", Thresholds(texts));
        using var models = new Models(test.Bundle);
        await using var server = await ForeignServer.StartAsync(test.Bundle, s_both, version: version, binary: binary);
        foreach (var transport in s_transports)
        {
            await using var client = await ConnectAsync(test.Bundle, server.At(transport), s_both);
            Assert.Empty(client.Unreachable);
            var answers = await client.ClassifyAsync([.. texts.Select(text => new TextInput(text))], Stop);
            foreach (var (text, answer) in texts.Zip(answers))
            {
                Assert.True(answer is { Error: null, Fallback: false }, string.Join(' ', answer.Failures));
                Assert.Equal(models.Logits(answer.TierIndex, text), answer.Logits, (one, other) => Math.Abs(one - other) < 1e-4);
            }

            Assert.Equal([0, 1, 2], answers.Select(answer => answer.TierIndex).Distinct().Order());
        }
    }

    [Theory]
    [InlineData("carried", "grpc", true)]
    [InlineData("carried", "http", false)]
    [InlineData("text", "grpc", true)]
    [InlineData("forwarded", "http", true)]
    public async Task A_ladder_ends_where_the_plan_says_and_charges_what_the_client_carried(string start, string transport, bool binary)
    {
        using var test = new LadderBundle(start);
        await using var server = await ForeignServer.StartAsync(test.Bundle, s_both, binary: binary);
        await using var client = await ConnectAsync(test.Bundle, server.At(transport), s_both);

        var served = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);

        var played = test.Played;
        foreach (var (i, answer) in served.Index())
        {
            Assert.True(answer is { Error: null, Fallback: false }, string.Join(' ', answer.Failures));
            Assert.Equal((played.Tiers[i], played.Labels[i]), (answer.TierIndex, answer.LabelIndex));
            Assert.Equal(played.Confidences[i], answer.Confidence, 1e-4);
            Assert.Equal(
                Offline(test, i, answer.Exit), answer.Logits,
                (one, other) => Math.Abs(one - other) < 1e-4);
            Assert.Equal(Carried(test.Bundle.Plan.Costs, start, answer.Exit), answer.Cost, 1e-9);
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], served.Select(answer => answer.Exit).Distinct().Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_a_stretch_is_missing_or_another_models_the_whole_is_run_from_the_text(bool isWrong)
    {
        using var test = new LadderBundle("carried");
        var other = Path.Combine(
            test.Folder, test.Bundle.Manifest.Stretches.Single(stretch => (stretch.Layers.From, stretch.Layers.To) == (3, 4)).Model);
        await using var edge = await ForeignServer.StartAsync(
            test.Bundle, s_edge, stretches: isWrong,
            instead: isWrong ? new Dictionary<string, string> { ["dimec_2_3"] = other } : null);
        await using var client = await ConnectAsync(test.Bundle, edge.Grpc, s_edge);

        var served = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);

        foreach (var (i, answer) in served.Index())
        {
            Assert.Null(answer.Error);
            Assert.NotEqual(3, answer.Exit);
            Assert.Equal(
                Offline(test, i, answer.Exit), answer.Logits,
                (one, other) => Math.Abs(one - other) < 1e-4);
        }

        Assert.Contains(served, answer => answer.Exit == 4);
    }

    [Fact]
    public async Task A_server_with_the_files_of_another_bundle_is_refused_in_one_sentence()
    {
        using var mine = new TestBundle("edge");
        using var other = new TestBundle("edge", seed: 2);
        await using var edge = await ForeignServer.StartAsync(other.Bundle, s_edge);
        foreach (var transport in s_transports)
        {
            await using var client = await ConnectAsync(mine.Bundle, edge.At(transport), s_edge);
            var failure = Assert.Single(client.Unreachable);
            Assert.Equal(TierFailureReason.BundleMismatch, failure.Reason);
            Assert.EndsWith(
                "its answers to the bundle's golden samples are another model's; give both the same bundle.", failure.Sentence,
                StringComparison.Ordinal);
            Assert.Equal("mobile", (await client.ClassifyAsync("a b", Stop)).Tier);
        }
    }

    [Fact]
    public async Task A_server_whose_model_takes_and_gives_something_else_is_refused_with_what()
    {
        using var test = new LadderBundle("carried");
        var stretch = test.Bundle.Manifest.Stretches.First(stretch => stretch.Layers.From > 0);
        await using var edge = await ForeignServer.StartAsync(
            test.Bundle, s_edge,
            instead: new Dictionary<string, string> { ["dimec_edge"] = Path.Combine(test.Folder, stretch.Model) });
        await using var client = await ConnectAsync(test.Bundle, edge.Grpc, s_edge);
        var failure = Assert.Single(client.Unreachable);
        Assert.Contains(
            "its model 'dimec_edge' is another bundle's: it takes hidden_states, attention_mask where this bundle's takes input_ids",
            failure.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_server_that_lies_is_passed_over_and_used_again_when_it_does_not(string transport)
    {
        using var test = new TestBundle("edge");
        await using var edge = await ForeignServer.StartAsync(test.Bundle, s_edge);
        await using var client = await ConnectAsync(test.Bundle, edge.At(transport), s_edge);
        Assert.Equal("edge", (await client.ClassifyAsync("a b", Stop)).Tier);
        foreach (var (lie, reason) in new[]
        {
            ("shape", TierFailureReason.InvalidResponse), ("nan", TierFailureReason.InvalidResponse),
            ("fail", TierFailureReason.Refused), ("forget", TierFailureReason.Refused),
        })
        {
            await edge.LieAsync(lie);
            for (var i = 0; i < 4; i++)
            {
                var answer = await client.ClassifyAsync("a b", Stop);
                Assert.Equal(("mobile", true), (answer.Tier, answer.Fallback));
                Assert.Equal(reason, answer.Failures[0].Reason);
            }

            await edge.LieAsync("none");
            var began = TimeProvider.System.GetTimestamp();
            while ((await client.ClassifyAsync("a b", Stop)).Tier != "edge")
            {
                Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "It is not used again.");
                await Task.Delay(10, Stop);
            }
        }
    }

    private static Task<DimecClient> ConnectAsync(Bundle bundle, Uri url, string[] tiers) => DimecClient.ConnectAsync(
        bundle, tiers.Select(tier => KeyValuePair.Create(tier, url)),
        ClientTests.Patient with { ProbeInterval = TimeSpan.FromMilliseconds(50) }, cancellationToken: Stop);

    /// <summary>What an exit of the trained encoder says to a text.</summary>
    private static float[] Offline(LadderBundle test, int text, int exit) =>
        (exit == 0 ? test.Offline.ZeroLogits(text) : test.Offline.Logits(text, exit - 1)).ToArray();

    /// <summary>What the ladder costs up to an exit, where servers that keep no states have the client carry them.</summary>
    private static double Carried(CostStructure costs, string start, int exit)
    {
        TierWork Work(int tier, int from, int to) => (start, from) switch
        {
            ("text", 2) or ("text", 4) => TierWork.OfText(tier, to),
            ("forwarded", 2) => new TierWork(tier, from, to, WorkStart.Forwarded, 0),
            _ => new TierWork(tier, from, to, WorkStart.Carried, tier),
        };
        TierWork[] works =
            [TierWork.OfText(0, 1), TierWork.Further(0, 1, 2), Work(1, 2, 3), Work(1, 3, 4), Work(2, 4, 5)];
        return costs.Of(TierWork.OfText(0, 0)) + works.Take(exit).Sum(work => costs.Of(work));
    }

    /// <summary>The mobile's and the edge's median confidence, so that each tier is to answer some.</summary>
    private static string Thresholds(string[] texts)
    {
        using var test = new TestBundle(golden: false);
        using var models = new Models(test.Bundle);
        double Median(int tier) => texts
            .Select(text => models.Logits(tier, text)).Select(logits => 1 / (1 + Math.Exp(-Math.Abs(logits[0] - logits[1]))))
            .Order().ElementAt(texts.Length / 2);
        return string.Create(
            CultureInfo.InvariantCulture, $$$"""{"thresholds":{"mobile":{{{Median(0)}}},"edge":{{{Median(1)}}}}}""");
    }

    /// <summary>A bundle's models in this process.</summary>
    private sealed class Models(Bundle bundle) : IDisposable
    {
        private readonly TierModel[] _tiers = [.. bundle.Manifest.Tiers.Select(tier => TierModel.Load(bundle, tier.Name))];

        public float[] Logits(int tier, string text) => _tiers[tier].Run([bundle.Tokenizer.Encode(text, null, bundle.Manifest.MaxLength)]);

        public void Dispose()
        {
            foreach (var tier in _tiers)
                tier.Dispose();
        }
    }
}
