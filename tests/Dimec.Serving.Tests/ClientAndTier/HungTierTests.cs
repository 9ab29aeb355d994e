using System.Diagnostics;
using Dimec.Inference;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>Real tiers behind links that hang, are slow or break: what is waited for, and when a tier is used again.</summary>
public class HungTierTests
{
    private static CancellationToken Stop => ClientTests.Stop;

    [Theory]
    [InlineData("grpc", LinkFault.Hang)]
    [InlineData("http", LinkFault.Hang)]
    [InlineData("grpc", LinkFault.Stall)]
    [InlineData("http", LinkFault.Trickle)]
    public async Task A_hung_tier_costs_its_deadline_once_and_is_used_again_when_it_is_back(string transport, LinkFault fault)
    {
        using var test = new TestBundle("edge");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        await using var link = new FaultyLink(ClientTests.Url(transport, edge));
        await using var client = await ConnectAsync(
            test, new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(5) }, ("edge", link));
        Assert.Equal("edge", (await client.ClassifyAsync("a b", Stop)).Tier);

        link.Fault = fault;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 10; i++)
        {
            var answer = await client.ClassifyAsync("a b", Stop);
            Assert.Equal(
                ("mobile", true, TierFailureReason.TimedOut), (answer.Tier, answer.Fallback, answer.Failures[0].Reason));
        }

        // Once a text would be 50 s.
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 2.5, 25);
        link.Fault = LinkFault.None;
        await ClientTests.AnswersAsync(client, "edge");
    }

    [Fact]
    public async Task One_deadline_holds_for_a_text_through_all_its_steps()
    {
        using var test = new TestBundle("cascade", """{"thresholds":{"mobile":1.0,"edge":1.0}}""");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        await using var cloud = await ClientTests.StartAsync(test, "cloud");
        await using var near = new FaultyLink(edge.Addresses.Grpc);
        await using var far = new FaultyLink(cloud.Addresses.Http);
        var options = new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(20), Timeout = TimeSpan.FromSeconds(5) };
        await using var client = await ConnectAsync(test, options, ("edge", near), ("cloud", far));
        Assert.Equal("cloud", (await client.ClassifyAsync("a b", Stop)).Tier);

        (near.Fault, far.Fault) = (LinkFault.Hang, LinkFault.Hang);
        var began = Stopwatch.GetTimestamp();
        var answer = await client.ClassifyAsync("a b", Stop);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 4, 18);
        Assert.Equal(("mobile", true), (answer.Tier, answer.Fallback));
        Assert.Equal(["edge", "cloud"], answer.Failures.Select(failure => failure.Tier));
    }

    [Fact]
    public async Task What_a_hung_tier_has_left_of_the_time_another_one_gets()
    {
        using var test = new TestBundle("edge");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        await using var cloud = await ClientTests.StartAsync(test, "cloud");
        await using var link = new FaultyLink(edge.Addresses.Grpc);
        await using var direct = new FaultyLink(cloud.Addresses.Grpc);
        await using var client = await ConnectAsync(
            test, new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(5), Timeout = TimeSpan.FromSeconds(60) },
            ("edge", link), ("cloud", direct));
        link.Fault = LinkFault.Hang;
        var answer = await client.ClassifyAsync("a b", Stop);
        Assert.Equal(("cloud", 3, true), (answer.Tier, answer.Exit, answer.Fallback));
        Assert.Equal(TierFailureReason.TimedOut, Assert.Single(answer.Failures).Reason);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_tier_whose_way_takes_more_than_a_third_of_the_deadline_is_used(string transport)
    {
        using var test = new TestBundle("edge");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        await using var link = new FaultyLink(ClientTests.Url(transport, edge)) { Delay = TimeSpan.FromSeconds(1.8) };
        await using var client = await ConnectAsync(
            test, new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(9) }, ("edge", link));
        Assert.Empty(client.Unreachable);
        var answer = await client.ClassifyAsync("a b", Stop);
        Assert.Equal(("edge", false), (answer.Tier, answer.Fallback));
    }

    [Fact]
    public async Task A_caller_with_little_time_does_not_take_a_tier_from_the_others()
    {
        using var test = new TestBundle("cascade", """{"thresholds":{"mobile":1.0,"edge":1.0}}""");
        await using var edge = await ClientTests.StartAsync(test, "edge");
        await using var cloud = await ClientTests.StartAsync(test, "cloud");
        await using var near = new FaultyLink(edge.Addresses.Grpc);
        await using var far = new FaultyLink(cloud.Addresses.Grpc);
        var options = new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(12), Timeout = TimeSpan.FromSeconds(12) };
        await using var client = await ConnectAsync(test, options, ("edge", near), ("cloud", far));
        // The edge leaves the cloud three seconds of the twelve at most, and the cloud takes more.
        (near.Delay, far.Delay) = (TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(2));
        var late = await client.ClassifyAsync("a b", Stop);
        Assert.Equal(("edge", TierFailureReason.TimedOut), (late.Tier, Assert.Single(late.Failures).Reason));
        near.Delay = TimeSpan.Zero;
        var soon = await client.ClassifyAsync("a b", Stop);
        Assert.Equal(("cloud", false), (soon.Tier, soon.Fallback));
    }

    internal static Task<DimecClient> ConnectAsync(
        TestBundle test, DimecClientOptions options, params (string Tier, FaultyLink Link)[] links)
        => DimecClient.ConnectAsync(
            test.Bundle, links.ToDictionary(link => link.Tier, link => link.Link.Address), options, cancellationToken: Stop);
}
