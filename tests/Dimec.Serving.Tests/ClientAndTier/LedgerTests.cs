using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Dimec.Inference;
using Dimec.Serving.Tests.Hosting;

namespace Dimec.Serving.Tests.ClientAndTier;

/// <summary>
/// The ledger: thousands of texts by many callers at once over links that break at random, to tiers of which some are another bundle's now
/// and then, and an account of each.
/// </summary>
public class LedgerTests
{
    private const int Texts = 2400;
    private const int RoundTexts = 240;
    private const int Callers = 12;
    private const int Seed = 20250415;

    /// <summary>Of a call, and what a busy machine may take beyond it.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(10);

    private static readonly LinkFault[] s_faults = Enum.GetValues<LinkFault>();

    private static CancellationToken Stop => ClientTests.Stop;

    [Fact]
    public async Task Every_text_has_one_answer_which_is_that_of_the_exit_that_it_names()
    {
        var texts = MadeTexts();
        var thresholds = Thresholds(texts);
        using var mine = new TestBundle("cascade", thresholds);
        using var other = new TestBundle("cascade", thresholds, seed: 2);
        var offline = Offline(mine.Bundle, texts);
        await using var edge = await ClientTests.StartAsync(mine, "edge");
        await using var cloud = await ClientTests.StartAsync(mine, "cloud");
        await using var strangeEdge = await ClientTests.StartAsync(other, "edge");
        await using var strangeCloud = await ClientTests.StartAsync(other, "cloud");
        RunningTier[] tiers = [edge, cloud, strangeEdge, strangeCloud];
        foreach (var tier in tiers)
            tier.Expected = _ => true;
        var (answers, took) = (new Classification?[texts.Count], new ConcurrentBag<TimeSpan>());
        await using var overGrpc = await RoutesAsync(mine, [edge.Addresses.Grpc, cloud.Addresses.Grpc]);
        await using var overRest = await RoutesAsync(mine, [edge.Addresses.Http, cloud.Addresses.Http]);
        var random = new Random(Seed);
        for (var first = 0; first < Texts; first += RoundTexts)
        {
            // Whole at the beginning, at fault from somewhere in the middle on.
            foreach (var routes in new[] { overGrpc, overRest })
                await WholeAsync(routes, texts, offline);
            var (from, over) = (first + random.Next(RoundTexts), false);
            var round = answers.AsMemory(first, RoundTexts);
            bool Begun() => Volatile.Read(ref over) || !round.Span[..(from - first)].Contains(null);
            var faults = Task.WhenAll(
                BreakAsync(
                    overGrpc, [strangeEdge.Addresses.Grpc, strangeCloud.Addresses.Grpc], first / RoundTexts, random.Next(), Begun,
                    () => over),
                BreakAsync(
                    overRest, [strangeEdge.Addresses.Http, strangeCloud.Addresses.Http], first / RoundTexts, random.Next(), Begun,
                    () => over));
            var next = first;
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => CallAsync(
                caller % 2 == 0 ? overGrpc.Client : overRest.Client, texts, answers, took, first + RoundTexts,
                () => Interlocked.Add(ref next, 8) - 8)));
            Volatile.Write(ref over, true);
            await faults;
        }

        Account(texts, answers, offline, mine.Bundle);
        TestContext.Current.TestOutputHelper?.WriteLine($"the slowest call took {took.Max().TotalMilliseconds:0} ms of {s_deadline}");
        Assert.All(took, time => Assert.True(time < s_deadline + s_margin));
        foreach (var routes in new[] { overGrpc, overRest })
            await WholeAsync(routes, texts, offline);
    }

    private static async Task CallAsync(
        DimecClient client, IReadOnlyList<string> texts, Classification?[] answers, ConcurrentBag<TimeSpan> took, int end, Func<int> next)
    {
        for (var first = next(); first < end; first = next())
        {
            // As apps do: some one by one, some together.
            var size = first % 16 == 0 ? 1 : 8;
            for (var place = first; place < first + 8; place += size)
            {
                var began = Stopwatch.GetTimestamp();
                var given = await client.ClassifyAsync([.. texts.Skip(place).Take(size).Select(text => new TextInput(text))], Stop);
                took.Add(Stopwatch.GetElapsedTime(began));
                Assert.Equal(size, given.Count);
                for (var i = 0; i < size; i++)
                    Assert.Null(Interlocked.Exchange(ref answers[place + i], given[i]));
            }
        }
    }

    private static void Account(
        IReadOnlyList<string> texts, Classification?[] answers, IReadOnlyDictionary<string, Exits> offline, Bundle bundle)
    {
        foreach (var (text, given) in texts.Zip(answers))
        {
            Assert.NotNull(given);
            var exits = offline[text];
            Assert.Null(given.Error);
            Assert.Equal(bundle.Manifest.Tiers[given.TierIndex].Name, given.Tier);
            Assert.Equal(bundle.Manifest.Tiers[given.TierIndex].Exit, given.Exit);
            var expected = exits.Logits[given.TierIndex];
            for (var c = 0; c < expected.Length; c++)
                Assert.Equal(expected[c], given.Logits[c], 1e-4f);
            Assert.Equal(bundle.Manifest.Labels[given.LabelIndex], given.Label);
            Assert.InRange(given.Confidence, 0.5f, 1f);
            Assert.Equal(given.Fallback, given.Failures.Count > 0);
            Assert.True(given.Fallback || given.TierIndex == exits.Planned, $"'{text}' is {given.Tier}'s and no fallback.");
        }

        var counts = answers.GroupBy(answer => (answer!.Tier, answer.Fallback)).OrderBy(group => group.Key);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", counts.Select(group => $"{group.Key}: {group.Count()}")));
        var reasons = answers.SelectMany(answer => answer!.Failures).GroupBy(failure => failure.Reason);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", reasons.Select(group => $"{group.Key}: {group.Count()}")));
        // A ledger of whole links, or of none, would prove nothing.
        Assert.True(answers.Count(answer => answer!.Fallback) > Texts / 50);
        Assert.True(answers.Count(answer => !answer!.Fallback && answer.TierIndex > 0) > Texts / 50);
    }

    /// <summary>Mends the links and waits until both tiers are used again.</summary>
    private static async Task WholeAsync(Routes routes, IReadOnlyList<string> texts, IReadOnlyDictionary<string, Exits> offline)
    {
        foreach (var (link, home) in routes.Links.Zip(routes.Homes))
            (link.Target, link.Fault) = (home, LinkFault.None);
        foreach (var link in routes.Links)
            link.BreakOff();
        foreach (var tier in new[] { 1, 2 })
        {
            var text = texts.First(text => offline[text].Planned == tier);
            var began = TimeProvider.System.GetTimestamp();
            while ((await routes.Client.ClassifyAsync(text, Stop)).TierIndex != tier)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"Tier {tier} is not used again.");
                await Task.Delay(10, Stop);
            }
        }
    }

    /// <summary>
    /// From when it is to begin, first with each fault in its turn, each link is at fault about half of the time, and now and then leads to
    /// a stranger.
    /// </summary>
    private static async Task BreakAsync(Routes routes, Uri[] strangers, int turn, int seed, Func<bool> begun, Func<bool> over)
    {
        var random = new Random(seed);
        while (!begun())
            await Task.Delay(1, Stop);
        foreach (var (place, link) in routes.Links.Index())
            link.Fault = s_faults[1 + ((turn + place) % (s_faults.Length - 1))];
        await Task.Delay(random.Next(20, 200), Stop);
        while (!over())
        {
            foreach (var (place, link) in routes.Links.Index())
            {
                if (random.Next(4) == 0)
                {
                    link.Target = random.Next(4) == 0 ? strangers[place] : routes.Homes[place];
                    link.BreakOff();
                }

                link.Fault = random.Next(2) == 0 ? LinkFault.None : s_faults[random.Next(s_faults.Length)];
            }

            for (var left = random.Next(20, 200); left > 0 && !over(); left -= 10)
                await Task.Delay(10, Stop);
        }
    }

    private static async Task<Routes> RoutesAsync(TestBundle test, Uri[] homes)
    {
        FaultyLink[] links = [.. homes.Select(home => new FaultyLink(home))];
        var client = await HungTierTests.ConnectAsync(
            test, new DimecClientOptions
            {
                TierTimeout = s_deadline / 2,
                Timeout = s_deadline,
                ProbeInterval = TimeSpan.FromMilliseconds(100),
            }, ("edge", links[0]), ("cloud", links[1]));
        return new Routes(client, links, homes);
    }

    private static List<string> MadeTexts()
    {
        var random = new Random(Seed);
        return
        [
            .. Enumerable.Range(0, Texts).Select(i => string.Join(
                ' ', i.ToString(CultureInfo.InvariantCulture).AsEnumerable()
                    .Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => (char)('a' + random.Next(26)))))),
        ];
    }

    /// <summary>
    /// About the mobile's and the edge's median confidence, so that each tier is to answer some; in the middle of a gap between two texts,
    /// as what a run's other rows round would else decide where a text of just that confidence is answered.
    /// </summary>
    private static string Thresholds(List<string> texts)
    {
        using var test = new TestBundle(golden: false);
        var exits = Logits(test.Bundle, texts);
        double Threshold(int tier)
        {
            double[] middle = [.. exits.Select(exit => Confidence(exit[tier])).Order().Skip(exits.Count * 9 / 20).Take(exits.Count / 10)];
            var (low, high) = middle.Zip(middle.Skip(1)).MaxBy(gap => gap.Second - gap.First);
            Assert.True(high - low > 1e-5);
            return (low + high) / 2;
        }

        return string.Create(
            CultureInfo.InvariantCulture, $$$"""{"thresholds":{"mobile":{{{Threshold(0)}}},"edge":{{{Threshold(1)}}}}}""");
    }

    private static Dictionary<string, Exits> Offline(Bundle bundle, List<string> texts)
    {
        var policy = bundle.Plan.CreatePolicy();
        return texts.Zip(Logits(bundle, texts)).ToDictionary(text => text.First, text =>
        {
            var visits = new List<Policies.Visit>();
            while (policy.Next(new Policies.PolicyState { Guid = text.First, Embedding = [], Visits = visits.ToArray() })
                is { IsAnswer: false } step)
            {
                var work = Costs.TierWork.OfText(step.Tier, bundle.Manifest.Tiers[step.Tier].Exit);
                visits.Add(new Policies.Visit(work, text.Second[step.Tier]));
            }

            return new Exits(text.Second, visits[^1].Tier);
        });
    }

    private static List<float[][]> Logits(Bundle bundle, List<string> texts)
    {
        var models = bundle.Manifest.Tiers.Select(tier => TierModel.Load(bundle, tier.Name)).ToList();
        List<float[][]> logits =
        [
            .. texts.Select(text =>
                models.Select(model => model.Run([bundle.Tokenizer.Encode(text, null, bundle.Manifest.MaxLength)])).ToArray()),
        ];
        models.ForEach(model => model.Dispose());
        return logits;
    }

    private static double Confidence(float[] logits) => 1 / (1 + Math.Exp(-Math.Abs(logits[0] - logits[1])));

    /// <summary>What the exits say of a text, and the tier whose answer the plan takes.</summary>
    private sealed record Exits(float[][] Logits, int Planned);

    /// <summary>A client and its links to edge and cloud.</summary>
    private sealed record Routes(DimecClient Client, FaultyLink[] Links, Uri[] Homes) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            foreach (var link in Links)
                await link.DisposeAsync();
        }
    }
}
