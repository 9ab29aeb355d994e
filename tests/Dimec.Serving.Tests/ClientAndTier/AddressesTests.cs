using System.Collections.Concurrent;
using Dimec.Inference;
using Grpc.Core;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>A tier at several addresses, of which some are down, hung, busy or another bundle's.</summary>
public class AddressesTests
{
    private static CancellationToken Stop => ClientTests.Stop;

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task Texts_are_spread_over_the_addresses(string transport)
    {
        using var test = new TestBundle("edge");
        var asked = new ConcurrentDictionary<int, int>();
        await using var servers = await StartAsync(test.Bundle, 3, (place, _) =>
        {
            asked.AddOrUpdate(place, 1, (_, before) => before + 1);
            return Task.CompletedTask;
        });
        await using var client = await ConnectAsync(test, servers.At(transport));
        asked.Clear();
        for (var i = 0; i < 30; i++)
            Assert.Equal(("edge", false), await AskAsync(client));
        Assert.Equal([10, 10, 10], asked.OrderBy(pair => pair.Key).Select(pair => pair.Value));
    }

    [Fact]
    public async Task The_address_with_the_least_under_way_is_asked()
    {
        using var test = new TestBundle("edge");
        var (held, hold) = (new TaskCompletionSource(), 0);
        var waiting = new TaskCompletionSource<int>();
        var asked = new ConcurrentQueue<int>();
        await using var servers = await StartAsync(test.Bundle, 2, async (place, _) =>
        {
            asked.Enqueue(place);
            if (Interlocked.Exchange(ref hold, 0) == 0)
                return;
            waiting.SetResult(place);
            await held.Task;
        });
        await using var client = await ConnectAsync(test, servers.At("grpc"));
        hold = 1;
        var first = AskAsync(client);
        var busy = await waiting.Task.WaitAsync(Stop);
        asked.Clear();
        for (var i = 0; i < 10; i++)
            Assert.Equal(("edge", false), await AskAsync(client));
        Assert.DoesNotContain(busy, asked);
        held.SetResult();
        Assert.Equal(("edge", false), await first);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task What_fails_at_one_address_is_answered_by_the_next_and_no_other_tier(string transport)
    {
        using var test = new TestBundle("edge");
        using var other = new TestBundle("edge", seed: 2);
        await using var strange = await ClientTests.StartAsync(other, "edge");
        var first = await ClientTests.StartAsync(test, "edge");
        await using var second = await ClientTests.StartAsync(test, "edge");
        var down = new Uri($"{transport}://127.0.0.1:{ClosedPorts.Take()}");
        await using var client = await ConnectAsync(
            test, [down, ClientTests.Url(transport, strange), ClientTests.Url(transport, first), ClientTests.Url(transport, second)]);
        Assert.Empty(client.Unreachable);
        for (var i = 0; i < 20; i++)
            Assert.Equal(("edge", false), await AskAsync(client));
        await first.DisposeAsync();
        for (var i = 0; i < 20; i++)
            Assert.Equal(("edge", false), await AskAsync(client));
        await second.StopAsync();
        var answer = await client.ClassifyAsync("a b", Stop);
        Assert.Equal(("mobile", true), (answer.Tier, answer.Fallback));
        // Why each of them did not answer.
        foreach (var tier in new[] { down, ClientTests.Url(transport, strange), ClientTests.Url(transport, second) })
            Assert.Contains($"Tier edge at {tier.OriginalString} did not answer", answer.Failures[0].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task An_address_that_hangs_leaves_the_next_one_time_and_is_waited_for_once(string transport)
    {
        using var test = new TestBundle("edge");
        var hung = -1;
        await using var servers = await StartAsync(
            test.Bundle, 2, (place, stop) => place == Volatile.Read(ref hung) ? Task.Delay(Timeout.Infinite, stop) : Task.CompletedTask);
        await using var client = await ConnectAsync(
            test, servers.At(transport), new DimecClientOptions { TierTimeout = TimeSpan.FromSeconds(4) });
        hung = 1;
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 20; i++)
            Assert.Equal(("edge", false), await AskAsync(client));
        // Half of its time once, where once a text would be 40 s.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 1.5, 20);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_hedge_goes_to_another_address_and_one_that_hangs_is_found_out(string transport)
    {
        using var test = new TestBundle("edge");
        var (hung, asked) = (-1, new ConcurrentQueue<int>());
        await using var servers = await StartAsync(test.Bundle, 2, async (place, gone) =>
        {
            asked.Enqueue(place);
            if (place == Volatile.Read(ref hung))
                await Task.Delay(Timeout.Infinite, gone);
        });
        await using var client = await ConnectAsync(
            test, servers.At(transport), ClientTests.Patient with { HedgeAfter = TimeSpan.FromMilliseconds(200) });
        asked.Clear();
        Volatile.Write(ref hung, 0);
        var answers = 0;
        // Each text that meets it is answered by the other, until the doubt about it has become an outage.
        for (var met = true; met && answers < 200; answers++)
        {
            asked.Clear();
            Assert.Equal(("edge", false), await AskAsync(client));
            met = asked.Contains(0) || answers < 4;
        }

        Assert.InRange(answers, 5, 199);
    }

    [Fact]
    public async Task A_hedge_that_fails_leaves_the_first_its_time()
    {
        using var test = new TestBundle("edge");
        var (slow, calls) = (0, 0);
        var failed = new TaskCompletionSource();
        await using var servers = await StartAsync(test.Bundle, 2, async (_, _) =>
        {
            if (Volatile.Read(ref slow) == 0)
                return;
            if (Interlocked.Increment(ref calls) == 1)
            {
                await failed.Task;
                return;
            }

            failed.TrySetResult();
            throw new RpcException(new Status(StatusCode.Internal, "no"));
        });
        await using var client = await ConnectAsync(
            test, servers.At("grpc"), ClientTests.Patient with { HedgeAfter = TimeSpan.FromMilliseconds(100) });
        Volatile.Write(ref slow, 1);
        Assert.Equal(("edge", false), await AskAsync(client));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task An_address_that_comes_back_is_used_again()
    {
        using var test = new TestBundle("edge");
        await using var one = await ClientTests.StartAsync(test, "edge");
        await using var two = await ClientTests.StartAsync(test, "edge");
        await using var link = new FaultyLink(one.Addresses.Grpc);
        await using var client = await ConnectAsync(test, [link.Address, two.Addresses.Grpc]);
        link.Fault = LinkFault.Refuse;
        link.BreakOff();
        for (var i = 0; i < 6; i++)
            Assert.Equal(("edge", false), await AskAsync(client));
        link.Fault = LinkFault.None;
        await two.StopAsync();
        var began = TimeProvider.System.GetTimestamp();
        while (await AskAsync(client) != ("edge", false))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "It is not used again.");
            await Task.Delay(10, Stop);
        }
    }

    [Fact]
    public async Task A_client_that_asks_before_any_address_is_known_to_be_fit_waits_for_the_first_that_is()
    {
        using var test = new TestBundle("edge");
        await using var one = await ClientTests.StartAsync(test, "edge");
        await using var two = await ClientTests.StartAsync(test, "edge");
        await using var first = new FaultyLink(one.Addresses.Grpc);
        await using var second = new FaultyLink(two.Addresses.Grpc);
        (first.Fault, second.Fault) = (LinkFault.Refuse, LinkFault.Refuse);
        await using var client = await ConnectAsync(test, [first.Address, second.Address]);
        Assert.Single(client.Unreachable);
        second.Fault = LinkFault.None;
        var began = TimeProvider.System.GetTimestamp();
        while (await AskAsync(client) != ("edge", false))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "It is not used.");
            await Task.Delay(10, Stop);
        }
    }

    [Fact]
    public void An_address_that_is_there_twice_or_wrong_is_reported_with_the_others()
    {
        using var test = new TestBundle("edge", golden: false);
        var errors = new InputErrors();
        DimecClient.Check(
            test.Bundle,
            [
                new("edge", new Uri("grpc://host:8001")), new("edge", new Uri("ftp://host:1")),
                new("edge", new Uri("grpc://host:8001")), new("fog", new Uri("grpc://host:8001")),
            ],
            new DimecClientOptions(), errors);
        var thrown = Assert.Throws<InputException>(errors.ThrowIfAny);
        Assert.Contains("edge 'grpc://host:8001': is given more than once; give each address of a tier once.", thrown.Message);
        Assert.Contains("edge 'ftp://host:1': is not an address of a tier", thrown.Message);
        Assert.Contains("fog 'grpc://host:8001': is no tier of this bundle", thrown.Message);
    }

    private static async Task<(string Tier, bool IsFallback)> AskAsync(DimecClient client)
    {
        var answer = await client.ClassifyAsync("a b", Stop);
        return (answer.Tier, answer.Fallback);
    }

    private static Task<DimecClient> ConnectAsync(TestBundle test, IEnumerable<Uri> edges, DimecClientOptions? options = null) =>
        DimecClient.ConnectAsync(
            test.Bundle, [.. edges.Select(edge => KeyValuePair.Create("edge", edge))],
            (options ?? ClientTests.Patient) with { ProbeInterval = TimeSpan.FromMilliseconds(50) }, cancellationToken: Stop);

    /// <summary>Servers of the edge's model that a test has wait, or count.</summary>
    private static async Task<Servers> StartAsync(Bundle bundle, int count, Func<int, CancellationToken, Task> before)
    {
        var model = TierModel.Load(bundle, "edge");
        var servers = new LyingTier[count];
        for (var place = 0; place < count; place++)
        {
            var own = place;
            servers[place] = await LyingTier.StartAsync(bundle, async (request, context) =>
            {
                await before(own, context.RequestAborted);
                return HostileTierTests.Honest(model, request);
            });
        }

        return new Servers(model, servers);
    }

    private sealed class Servers(TierModel model, LyingTier[] all) : IAsyncDisposable
    {
        public IEnumerable<Uri> At(string transport) => all.Select(server => transport == "grpc" ? server.Grpc : server.Rest);

        public async ValueTask DisposeAsync()
        {
            foreach (var server in all)
                await server.DisposeAsync();
            model.Dispose();
        }
    }
}
