using System.Net;
using System.Net.Sockets;
using Dimec.Inference;
using Dimec.Policies.Resuming;
using Dimec.Predictions;
using Dimec.Serving.Tests.Hosting;
using Dimec.Text;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>A ladder served by three tiers: exit 0, exits within tiers, hidden states that travel.</summary>
public class LadderClientTests
{
    [Theory]
    [InlineData("forwarded", "grpc", HiddenStateFormat.Fp32, false)]
    [InlineData("forwarded", "http", HiddenStateFormat.Fp32, true)]
    [InlineData("carried", "grpc", HiddenStateFormat.Fp32, true)]
    [InlineData("carried", "http", HiddenStateFormat.Fp32, false)]
    [InlineData("text", "grpc", HiddenStateFormat.Fp32, false)]
    [InlineData("forwarded", "grpc", HiddenStateFormat.Fp16, false)]
    [InlineData("carried", "http", HiddenStateFormat.Int8, true)]
    public async Task Every_text_ends_at_the_exit_and_costs_what_the_plan_says_offline(
        string start, string transport, HiddenStateFormat format, bool compressed)
    {
        using var test = new LadderBundle(start, format, compressed);
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", Url(transport, cloud)));
        var urls = new Dictionary<string, Uri> { ["edge"] = Url(transport, edge) };
        // Where the edge sends on, the client needs no address of the cloud.
        if (start != "forwarded")
            urls.Add("cloud", Url(transport, cloud));
        await using var client = await DimecClient.ConnectAsync(
            test.Bundle, urls, Patient with { MaxBatchTokens = 128 }, cancellationToken: Stop);

        var served = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);

        var played = test.Played;
        var equal = 0;
        for (var i = 0; i < served.Count; i++)
        {
            Assert.Null(served[i].Error);
            Assert.False(served[i].Fallback, string.Join(" ", served[i].Failures));
            if ((served[i].TierIndex, served[i].LabelIndex, served[i].Cost) != (played.Tiers[i], played.Labels[i], played.Costs[i]))
                continue;
            equal++;
            Assert.Equal(played.Confidences[i], served[i].Confidence, format == HiddenStateFormat.Fp32 ? 1e-4 : 0.1);
        }

        Assert.InRange(equal, format == HiddenStateFormat.Fp32 ? served.Count : served.Count * 0.9, served.Count);
        Assert.Equal([0, 1, 2, 3, 4, 5], served.Select(answer => answer.Exit).Distinct().Order());
    }

    /// <summary>
    /// Inputs of products are rounded by what a batch holds, so that a text that travels with others may be answered a little otherwise
    /// than alone: nearly all decisions are the same, and every stop answers.
    /// </summary>
    [Theory]
    [InlineData("forwarded", ModelPrecision.Int8)]
    [InlineData("carried", ModelPrecision.Int8)]
    [InlineData("text", ModelPrecision.Int8)]
    [InlineData("forwarded", ModelPrecision.Fp16)]
    public async Task A_ladder_of_few_bits_ends_where_its_own_exits_say(string start, ModelPrecision precision)
    {
        using var test = new LadderBundle(start, precision: precision);
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", cloud.Addresses.Grpc));
        await using var client = await ConnectAsync(test, ("edge", edge.Addresses.Grpc), ("cloud", cloud.Addresses.Grpc));

        var served = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);

        var played = test.Played;
        Assert.All(served, answer => Assert.True(answer is { Error: null, Fallback: false }, string.Join(" ", answer.Failures)));
        Assert.InRange(
            served.Index().Count(answer =>
                (answer.Item.LabelIndex, answer.Item.Cost) == (played.Labels[answer.Index], played.Costs[answer.Index])),
            served.Count * 0.9, served.Count);
        Assert.Equal([0, 1, 2, 3, 4, 5], served.Select(answer => answer.Exit).Distinct().Order());
    }

    [Fact]
    public void What_is_recorded_of_a_bundle_is_what_every_exit_of_the_trained_encoder_says()
    {
        using var test = new LadderBundle();
        var part = new Dataset("dev", [.. test.Texts.Select((text, i) => new Sample($"{i}", text, null, 0))], ["no", "yes"], false);
        var recorded = BundleExits.Record(test.Bundle, part, Stop);
        Assert.Equal([1, 2, 3, 4, 5], recorded.Exits);
        for (var i = 0; i < part.Samples.Count; i++)
        {
            Assert.Equal(test.Offline.ZeroLogits(i).ToArray(), recorded.ZeroLogits(i).ToArray());
            for (var exit = 0; exit < 5; exit++)
            {
                Assert.Equal(
                    test.Offline.Logits(i, exit).ToArray(), recorded.Logits(i, exit).ToArray(),
                    (one, other) => Math.Abs(one - other) < 1e-4);
            }
        }
    }

    [Fact]
    public async Task Each_text_alone_gets_what_it_gets_in_a_batch()
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", cloud.Addresses.Grpc));
        await using var client = await ConnectAsync(test, ("edge", edge.Addresses.Grpc));
        var batch = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);
        foreach (var (i, text) in test.Texts.Take(40).Index())
        {
            var alone = await client.ClassifyAsync(text, Stop);
            Assert.Equal((batch[i].Exit, batch[i].LabelIndex, batch[i].Cost), (alone.Exit, alone.LabelIndex, alone.Cost));
        }
    }

    [Fact]
    public async Task Where_the_edge_cannot_send_on_the_client_asks_the_cloud_from_the_text()
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", Closed()));
        await using var client = await ConnectAsync(test, ("edge", edge.Addresses.Grpc), ("cloud", cloud.Addresses.Grpc));
        var served = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);
        var played = test.Played;
        var costs = test.Bundle.Plan.Costs;
        Assert.Contains(2, played.Tiers);
        foreach (var (i, answer) in served.Index())
        {
            Assert.Equal((played.Tiers[i], played.Labels[i], false), (answer.TierIndex, answer.LabelIndex, answer.Fallback));
            // No layer of the cloud's is saved then.
            var more = played.Tiers[i] == 2 ? costs.Of(2) - costs.Forward(1, 2) - costs.Tiers[2].Layer : 0;
            Assert.Equal(played.Costs[i] + more, answer.Cost, 1e-9);
        }
    }

    [Fact]
    public async Task Where_nobody_reaches_the_cloud_the_edge_answers_what_it_has()
    {
        using var test = new LadderBundle();
        var closed = Closed();
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", closed));
        await using var client = await ConnectAsync(test, ("edge", edge.Addresses.Grpc));
        var served = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);
        var played = test.Played;
        foreach (var (i, answer) in served.Index())
        {
            var unsure = played.Tiers[i] == 2;
            Assert.Equal((Math.Min(played.Tiers[i], 1), unsure), (answer.TierIndex, answer.Fallback));
            Assert.Equal(unsure ? 4 : answer.Exit, answer.Exit);
            if (unsure)
            {
                Assert.Contains(
                    answer.Failures,
                    failure => failure.Tier == "cloud" && failure.Sentence.Contains(closed.OriginalString, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData(2)] // The edge is the first to give up.
    [InlineData(600)] // What the edge would wait is more than the client has.
    public async Task A_cloud_that_hangs_costs_the_client_no_more_than_its_own_deadline_and_the_edge_answers(int forwardSeconds)
    {
        using var test = new LadderBundle();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var edge = await EdgeOfAsync(test, new Uri($"http://{silent.LocalEndpoint}"), forwardSeconds);
        await using var client = await ConnectAsync(test, edge, seconds: 4, maxBatch: 256);
        var served = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);
        var played = test.Played;
        Assert.All(served.Index(), answer => Assert.Equal(Math.Min(played.Tiers[answer.Index], 1), answer.Item.TierIndex));
        var failure = served.First(answer => answer.Fallback).Failures[0];
        Assert.Equal(("cloud", true), (failure.Tier, failure.Sentence.Contains("did not answer within", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Requests_of_others_that_wait_for_a_hung_cloud_cost_a_client_no_more_than_its_own_deadline()
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var link = new FaultyLink(cloud.Addresses.Http);
        await using var edge = await EdgeOfAsync(test, link.Address, forwardSeconds: 600);
        var unsure = new TextInput(test.Texts[test.Played.Tiers.ToList().IndexOf(2)]);
        await using var patient = await ConnectAsync(test, edge, seconds: 600, maxBatch: 1);
        Assert.Equal("cloud", (await patient.ClassifyAsync([unsure], Stop))[0].Tier);
        link.Fault = LinkFault.Hang;
        link.BreakOff();
        var before = link.Connections;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var waiting = patient.ClassifyAsync([.. Enumerable.Repeat(unsure, 8)], done.Token);
        while (link.Connections < before + 8)
            await Task.Delay(10, Stop);

        await using var client = await ConnectAsync(test, edge, seconds: 4, maxBatch: 1);
        var answer = (await client.ClassifyAsync([unsure], Stop))[0];

        Assert.Equal(("edge", true), (answer.Tier, answer.Fallback));
        Assert.Contains("requests before this one", answer.Failures[0].Sentence, StringComparison.Ordinal);
        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_edge_is_down_the_cloud_answers_or_else_the_mobile(bool cloudIsUp)
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var client = await ConnectAsync(
            test, ("edge", Closed()), ("cloud", cloudIsUp ? cloud.Addresses.Grpc : Closed()));
        var served = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);
        var played = test.Played;
        Assert.All(served.Index(), answer => Assert.Equal(
            played.Tiers[answer.Index] == 0 ? (0, false) : (cloudIsUp ? 2 : 0, true), (answer.Item.TierIndex, answer.Item.Fallback)));
        Assert.All(served.Where(answer => answer.Fallback), answer => Assert.Equal(cloudIsUp ? 5 : 2, answer.Exit));
    }

    [Fact]
    public async Task A_phone_without_a_network_answers_with_what_it_has()
    {
        using var test = new LadderBundle();
        await using var client = await DimecClient.ConnectAsync(test.Bundle, new Dictionary<string, Uri>(), cancellationToken: Stop);
        var served = await client.ClassifyAsync([.. test.Texts.Select(text => new TextInput(text))], Stop);
        Assert.All(served, answer => Assert.Equal((0, true), (answer.TierIndex, answer.Label.Length > 0)));
        Assert.Equal([0, 1, 2], served.Select(answer => answer.Exit).Distinct().Order());
    }

    [Fact]
    public async Task A_tier_that_is_to_send_on_to_itself_or_back_is_refused_at_its_start()
    {
        using var test = new LadderBundle();
        var back = await Assert.ThrowsAsync<InputException>(() => StartAsync(test.Folder, "edge", ("mobile", Closed())));
        Assert.Equal("Forward mobile: is no tier after edge; name cloud.", back.Message);
        var last = await Assert.ThrowsAsync<InputException>(() => StartAsync(test.Folder, "cloud", ("cloud", Closed())));
        Assert.Equal("Forward cloud: is no tier after cloud; the last tier sends nothing on: leave it out.", last.Message);
    }

    private static Uri Closed() => new($"grpc://127.0.0.1:{ClosedPorts.Take()}");

    private static Task<RunningTier> EdgeOfAsync(LadderBundle test, Uri cloud, int forwardSeconds)
        => RunningTier.StartAsync(options =>
        {
            (options.Tier.Bundle, options.Tier.Tier) = (test.Folder, "edge");
            options.Tier.Forward["cloud"] = cloud;
            options.Tier.ForwardTimeout = TimeSpan.FromSeconds(forwardSeconds);
        });

    private static Task<DimecClient> ConnectAsync(LadderBundle test, RunningTier edge, int seconds, int maxBatch)
        => DimecClient.ConnectAsync(
            test.Bundle, new Dictionary<string, Uri> { ["edge"] = edge.Addresses.Grpc },
            new DimecClientOptions
            {
                TierTimeout = TimeSpan.FromSeconds(seconds),
                MaxBatch = maxBatch,
                MaxBatchTokens = 8192,
                MaxConcurrency = 64,
            },
        cancellationToken: Stop);

    internal static Task<DimecClient> ConnectAsync(LadderBundle test, params (string Tier, Uri Url)[] urls) => DimecClient.ConnectAsync(
        test.Bundle, urls.ToDictionary(tier => tier.Tier, tier => tier.Url), Patient, cancellationToken: Stop);
}
