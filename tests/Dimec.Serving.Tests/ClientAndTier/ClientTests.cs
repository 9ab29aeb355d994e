using System.Diagnostics;
using System.Globalization;
using Dimec.Inference;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>The client against real tiers on real sockets.</summary>
public class ClientTests
{
    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task The_tier_that_the_plan_names_answers_and_as_its_model_does(string transport)
    {
        using var test = new TestBundle("edge");
        await using var edge = await StartAsync(test, "edge");
        await using var client = await DimecClient.ConnectAsync(test.Bundle, Urls(transport, edge), Patient, cancellationToken: Stop);
        Assert.Empty(client.Unreachable);
        var answer = await client.ClassifyAsync("a b c", Stop);
        var expected = TestBundle.LogitsOf(test.Bundle, "edge", "a b c");
        for (var c = 0; c < 2; c++)
            Assert.Equal(expected[c], answer.Logits[c], 1e-5f);
        Assert.Equal(
            ("edge", 1, 2, 2.5, false, false),
            (answer.Tier, answer.TierIndex, answer.Exit, answer.Cost, answer.Fallback, answer.Truncated));
        Assert.Equal(expected[0] > expected[1] ? ("no", 0) : ("yes", 1), (answer.Label, answer.LabelIndex));
        Assert.Equal(1 / (1 + MathF.Exp(-MathF.Abs(expected[0] - expected[1]))), answer.Confidence, 1e-5f);
        Assert.Empty(answer.Failures);
    }

    [Fact]
    public async Task The_mobile_answers_without_anybody_being_asked()
    {
        using var test = new TestBundle("mobile");
        await using var client = await DimecClient.ConnectAsync(test.Bundle, new Dictionary<string, Uri>(), cancellationToken: Stop);
        var answer = await client.ClassifyAsync("a b c", Stop);
        Assert.Equal(("mobile", 1.0, false), (answer.Tier, answer.Cost, answer.Fallback));
        Assert.True((await client.ClassifyAsync([new TextInput(string.Join(' ', Enumerable.Repeat("a", 100)))], Stop))[0].Truncated);
        Assert.Empty(await client.ClassifyAsync(Array.Empty<TextInput>(), Stop));
    }

    [Theory]
    [InlineData(false, "b", "inputs[1]: has a second text, and this bundle takes single texts; give a text alone.")]
    [InlineData(true, null, "inputs[1]: has no second text, and this bundle takes pairs; give a text and its pair.")]
    public async Task Pairs_and_single_texts_are_not_taken_for_each_other(bool hasPair, string? pair, string sentence)
    {
        using var test = new TestBundle("mobile", golden: false, hasPair: hasPair);
        await using var client = await DimecClient.ConnectAsync(test.Bundle, new Dictionary<string, Uri>(), cancellationToken: Stop);
        var right = new TextInput("a", hasPair ? "" : null);
        Assert.Equal(2, (await client.ClassifyAsync([right, right], Stop)).Count);
        var wrong = await Assert.ThrowsAsync<InputException>(() => client.ClassifyAsync([right, new TextInput("a", pair)], Stop));
        Assert.Equal(sentence, wrong.Message);
    }

    [Fact]
    public async Task A_batch_gives_each_text_what_it_gets_alone_and_a_cascade_pays_for_all_its_visits()
    {
        var random = new Random(5);
        var texts = Enumerable.Range(0, 120)
            .Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)('a' + random.Next(26)))))
            .ToList();
        // The median of each tier's confidence: every tier then answers some.
        var (mobileThreshold, edgeThreshold) = (Median("mobile", texts), Median("edge", texts));
        using var test = new TestBundle("cascade", string.Create(
            CultureInfo.InvariantCulture, $$$"""{"thresholds":{"mobile":{{{mobileThreshold}}},"edge":{{{edgeThreshold}}}}}"""));
        await using var edge = await StartAsync(test, "edge");
        await using var cloud = await StartAsync(test, "cloud");
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, Urls("grpc", edge, cloud), Patient with { MaxBatchTokens = 64 }, cancellationToken: Stop);
        var batch = await client.ClassifyAsync([.. texts.Select(text => new TextInput(text))], Stop);
        var costs = new[] { 1, 3.5, 8.0 };
        for (var i = 0; i < texts.Count; i++)
        {
            var expected = TestBundle.LogitsOf(test.Bundle, batch[i].Tier, texts[i]);
            for (var c = 0; c < 2; c++)
                Assert.Equal(expected[c], batch[i].Logits[c], 1e-5f);
            Assert.Equal(costs[batch[i].TierIndex], batch[i].Cost);
        }

        Assert.Equal(3, batch.Select(answer => answer.Tier).Distinct().Count());
        for (var i = 0; i < 20; i++)
            Assert.Equal(batch[i].Tier, (await client.ClassifyAsync(texts[i], Stop)).Tier);
    }

    [Fact]
    public async Task A_tier_without_an_address_or_that_is_down_is_stood_in_for_by_the_next_more_capable_then_the_cheaper()
    {
        using var test = new TestBundle("edge");
        await using var cloud = await StartAsync(test, "cloud");
        await using var client = await DimecClient.ConnectAsync(test.Bundle, Urls("grpc", cloud), Patient, cancellationToken: Stop);
        var up = await client.ClassifyAsync("a", Stop);
        Assert.Equal(
            ("cloud", 4.5, true, TierFailureReason.NotConfigured), (up.Tier, up.Cost, up.Fallback, Assert.Single(up.Failures).Reason));
        await cloud.StopAsync();
        var down = await client.ClassifyAsync("a", Stop);
        Assert.Equal(("mobile", 1.0, true), (down.Tier, down.Cost, down.Fallback));
        Assert.Equal(
            [("edge", TierFailureReason.NotConfigured), ("cloud", TierFailureReason.Unreachable)],
            down.Failures.Select(failure => (failure.Tier, failure.Reason)));
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_cascade_whose_next_tier_is_down_answers_with_what_it_has_and_does_not_pay_twice(string scheme)
    {
        using var test = new TestBundle("cascade", """{"thresholds":{"mobile":1.0,"edge":1.0}}""");
        var closed = new Uri($"{scheme}://127.0.0.1:{ClosedPorts.Take()}");
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = closed, ["cloud"] = closed }, Patient, cancellationToken: Stop);
        Assert.Equal([TierFailureReason.Unreachable, TierFailureReason.Unreachable], client.Unreachable.Select(failure => failure.Reason));
        var answer = await client.ClassifyAsync("a b", Stop);
        Assert.Equal(("mobile", 1.0, true, 2), (answer.Tier, answer.Cost, answer.Fallback, answer.Failures.Count));
        Assert.Contains(closed.OriginalString, answer.Failures[0].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_tier_that_comes_up_later_is_used_then(string scheme)
    {
        using var test = new TestBundle("edge");
        var port = FreePorts.Find();
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = new($"{scheme}://127.0.0.1:{port}") }, Patient, cancellationToken: Stop);
        Assert.True((await client.ClassifyAsync("a", Stop)).Fallback);
        await using var edge = await RunningTier.StartAsync(options =>
        {
            (options.Tier.Bundle, options.Tier.Tier) = (test.Folder, "edge");
            (options.HttpPort, options.GrpcPort) = scheme == "http" ? (port, 0) : (0, port);
        });
        await AnswersAsync(client, "edge");
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_tier_with_another_bundle_is_not_asked(string transport)
    {
        using var mine = new TestBundle("edge");
        using var other = new TestBundle("edge", seed: 2);
        await using var edge = await StartAsync(other, "edge");
        await using var client = await DimecClient.ConnectAsync(mine.Bundle, Urls(transport, edge), Patient, cancellationToken: Stop);
        var failure = Assert.Single(client.Unreachable);
        Assert.Equal(TierFailureReason.BundleMismatch, failure.Reason);
        Assert.Contains(other.Bundle.Hash, failure.Sentence, StringComparison.Ordinal);
        Assert.Equal("mobile", (await client.ClassifyAsync("a", Stop)).Tier);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_tier_of_another_name_or_revision_is_not_asked(string transport)
    {
        using var mine = new TestBundle("edge");
        using var older = new TestBundle("edge", revision: 2);
        await using var cloud = await StartAsync(mine, "cloud");
        await using var old = await StartAsync(older, "cloud");
        foreach (var (name, tier) in new[] { ("edge", cloud), ("cloud", old) })
        {
            await using var client = await DimecClient.ConnectAsync(
                mine.Bundle, new Dictionary<string, Uri> { [name] = Url(transport, tier) }, Patient, cancellationToken: Stop);
            Assert.Equal(TierFailureReason.Refused, Assert.Single(client.Unreachable).Reason);
        }
    }

    private static double Median(string tier, List<string> texts)
    {
        using var test = new TestBundle(golden: false);
        using var model = TierModel.Load(test.Bundle, tier);
        var gaps = texts
            .Select(text => model.Run([test.Bundle.Tokenizer.Encode(text, null, 32)]))
            .Select(logits => Math.Abs(logits[0] - logits[1]))
            .Order()
            .ToList();
        return 1 / (1 + Math.Exp(-gaps[gaps.Count / 2]));
    }

    internal static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static DimecClientOptions Patient { get; } = new() { TierTimeout = TimeSpan.FromSeconds(30) };

    /// <summary>Asks until a tier answers: one that is back is used again by itself.</summary>
    internal static async Task AnswersAsync(DimecClient client, string tier)
    {
        var began = Stopwatch.GetTimestamp();
        while ((await client.ClassifyAsync("a", Stop)).Tier != tier)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30), $"Tier {tier} is not used again.");
            await Task.Delay(10, Stop);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"used again after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
    }

    internal static Task<RunningTier> StartAsync(TestBundle test, string tier) => StartAsync(test.Folder, tier);

    internal static Task<RunningTier> StartAsync(string bundle, string tier, params (string Name, Uri Url)[] forward)
        => RunningTier.StartAsync(options =>
        {
            (options.Tier.Bundle, options.Tier.Tier) = (bundle, tier);
            foreach (var (name, url) in forward)
                options.Tier.Forward[name] = url;
        });

    internal static Uri Url(string transport, RunningTier tier) => transport == "grpc" ? tier.Addresses.Grpc : tier.Addresses.Http;

    private static Dictionary<string, Uri> Urls(string transport, params RunningTier[] tiers)
        => tiers.ToDictionary(tier => tier.Tier, tier => Url(transport, tier));
}
