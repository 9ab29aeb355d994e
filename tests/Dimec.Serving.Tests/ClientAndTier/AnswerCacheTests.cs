using System.Diagnostics;
using Dimec.Inference;
using Dimec.Serving.Tests.Hosting;
using static Dimec.Serving.Tests.ClientAndTier.ClientTests;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>Answers that are kept for just the same text.</summary>
public class AnswerCacheTests
{
    [Fact]
    public async Task The_same_text_is_answered_again_for_nothing_and_asks_nobody()
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", cloud.Addresses.Grpc));
        await using var client = await ConnectAsync(test, 1000, edge, cloud);
        TextInput[] texts = [.. test.Texts.Distinct().Select(text => new TextInput(text))];
        var first = await client.ClassifyAsync(texts, Stop);
        var asked = await PlacementTests.AskedAsync(edge, cloud);
        first[0].Logits[0] = 1e6f;
        var again = await client.ClassifyAsync([.. texts.Reverse()], Stop);

        Assert.Equal(asked, await PlacementTests.AskedAsync(edge, cloud));
        Assert.All(first, answer => Assert.False(answer.Cached));
        Assert.All(again, answer => Assert.Equal((true, 0.0), (answer.Cached, answer.Cost)));
        Assert.DoesNotContain(1e6f, again[^1].Logits);
        Assert.Equal(
            first.Reverse().Select(answer => (answer.Label, answer.Confidence, answer.Tier, answer.Exit)),
            again.Select(answer => (answer.Label, answer.Confidence, answer.Tier, answer.Exit)));
    }

    [Fact]
    public async Task Another_text_another_pinned_tier_and_a_text_that_stays_here_are_not_the_same()
    {
        using var test = new LadderBundle();
        await using var cloud = await StartAsync(test.Folder, "cloud");
        await using var edge = await StartAsync(test.Folder, "edge", ("cloud", cloud.Addresses.Grpc));
        await using var client = await ConnectAsync(test, 1000, edge, cloud);
        TextInput[] unlike =
        [
            new("a b"), new("a b "), new("A b"), new("a b") { Tier = "cloud" }, new("a b") { Tier = "edge" },
            new("a b") { IsLocalOnly = true },
        ];
        foreach (var text in unlike)
            Assert.False((await client.ClassifyAsync([text], Stop))[0].Cached);
        Assert.Equal([true, true, true, true, true, false], (await client.ClassifyAsync(unlike, Stop)).Select(answer => answer.Cached));
        // A name by which a policy may decide is not the text.
        Assert.True((await client.ClassifyAsync([new TextInput("a b", Guid: "another")], Stop))[0].Cached);
    }

    [Fact]
    public async Task A_fallback_is_not_kept()
    {
        using var test = new LadderBundle();
        await using var client = await ConnectAsync(test, 1000);
        TextInput[] texts = [.. test.Texts.Distinct().Select(text => new TextInput(text))];
        var first = await client.ClassifyAsync(texts, Stop);
        var again = await client.ClassifyAsync(texts, Stop);
        Assert.Contains(first, answer => answer.Fallback);
        Assert.Equal(first.Select(answer => !answer.Fallback), again.Select(answer => answer.Cached));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(40)]
    public async Task No_more_answers_are_kept_than_were_allowed_and_new_ones_get_in(int size)
    {
        using var test = new LadderBundle();
        await using var client = await ConnectAsync(test, size);
        TextInput[] texts = [.. Enumerable.Range(0, 200).Select(i => new TextInput($"a {i}") { Tier = "mobile" })];
        foreach (var chunk in texts.Chunk(10))
            await client.ClassifyAsync(chunk, Stop);
        Assert.InRange((await client.ClassifyAsync(texts, Stop)).Count(answer => answer.Cached), 0, size);
        // Room is made behind the answers.
        var began = Stopwatch.GetTimestamp();
        while (!(await client.ClassifyAsync([texts[^1]], Stop))[0].Cached)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30), "A new answer does not get in.");
            await Task.Delay(1, Stop);
        }
    }

    [Fact]
    public async Task By_default_none_is_kept()
    {
        using var test = new LadderBundle();
        await using var client = await ConnectAsync(test, new DimecClientOptions().CacheSize);
        await client.ClassifyAsync("a b", Stop);
        Assert.False((await client.ClassifyAsync("a b", Stop)).Cached);
    }

    private static Task<DimecClient> ConnectAsync(LadderBundle test, int size, params RunningTier[] tiers) =>
        DimecClient.ConnectAsync(
            test.Bundle, tiers.ToDictionary(tier => tier.Tier, tier => tier.Addresses.Grpc), Patient with { CacheSize = size },
            cancellationToken: Stop);
}
