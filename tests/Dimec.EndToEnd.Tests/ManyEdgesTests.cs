using System.Diagnostics;
using System.Text.Json;

namespace Dimec.EndToEnd.Tests;

/// <summary>Three edges as processes, behind a proxy or at three addresses, of which one is killed while texts are under way.</summary>
public sealed class ManyEdgesTests(MadeRun made) : IDisposable
{
    private const int Lines = 250;
    private const int Before = 60;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task An_edge_that_is_killed_behind_a_proxy_loses_and_doubles_nothing(string program)
    {
        var edges = await StartAsync(made.Bundle, 3);
        await using var proxy = await Proxy.StartAsync(program, _folder.Path, edges);
        string[][] clients = [["--edge", proxy.Grpc], ["--edge", proxy.Rest]];
        var fallbacks = await KillOneAsync(clients, edges);
        TestContext.Current.TestOutputHelper?.WriteLine($"{fallbacks} of {2 * Lines} texts were another tier's");
        Assert.InRange(fallbacks, 0, Lines);
        await StopAsync(edges[1..]);
    }

    [Fact]
    public async Task An_edge_that_is_killed_at_one_of_three_addresses_costs_no_text_its_tier()
    {
        var edges = await StartAsync(made.Bundle, 3);
        string[][] clients =
        [
            [.. edges.SelectMany(edge => (string[])["--edge", edge.Grpc])],
            [.. edges.SelectMany(edge => (string[])["--tier", $"edge={edge.Http.OriginalString.TrimEnd('/')}"])],
        ];
        Assert.Equal(0, await KillOneAsync(clients, edges));
        await StopAsync(edges[1..]);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task Of_edges_behind_a_proxy_that_hold_another_bundle_no_answer_is_taken(string program)
    {
        var strange = MadeRun.Copy(made.Bundle, _folder.File("strange"));
        TinyBundle.Rewrite(strange, manifest => manifest with { Labels = [.. manifest.Labels.Reverse()] });
        var edges = (await Task.WhenAll(StartAsync(made.Bundle, 2), StartAsync(strange, 1))).SelectMany(some => some).ToArray();
        await using var proxy = await Proxy.StartAsync(program, _folder.Path, edges);
        foreach (var url in new[] { proxy.Grpc, proxy.Rest })
        {
            using var client = Tool.Start("classify", made.Bundle, "--edge", url, "--timeout", "10", "--json", "-");
            var error = client.StandardError.ReadToEndAsync(Stop);
            var (answers, expected) = (new List<Answer>(), await DirectAsync(edges[0], Before));
            for (var i = 0; i < Before; i++)
            {
                await client.StandardInput.WriteLineAsync($"rain number {i}");
                await client.StandardInput.FlushAsync(Stop);
                var line = await client.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(s_patience, Stop);
                answers.Add(Parse(line ?? throw new InvalidOperationException(await error)));
            }

            // How many the edge answers is the proxy's doing: a probe may always come to the one with the other bundle.
            Account(answers, expected);
            client.StandardInput.Close();
            await Signals.EndedAsync(client);
            Assert.Equal(0, client.ExitCode);
            Assert.Contains("it holds the bundle", await error, StringComparison.Ordinal);
        }

        await StopAsync(edges);
    }

    /// <summary>Has all clients ask at once, kills the first edge in the middle, and waits until the tier is used again.</summary>
    /// <returns>How many texts were another tier's.</returns>
    private async Task<int> KillOneAsync(string[][] clients, ServedTier[] edges)
    {
        var expected = await DirectAsync(edges[0], Lines);
        var killed = new TaskCompletionSource();
        var reached = 0;
        var asking = clients.Select(async addresses =>
        {
            using var client = Tool.Start(["classify", made.Bundle, .. addresses, "--timeout", "10", "--json", "-"]);
            var writing = WriteAsync(client, Lines);
            var answers = new List<Answer>();
            while (answers.Count < Lines)
            {
                answers.Add(Parse(await ReadAsync(client)));
                if (answers.Count == Before && Interlocked.Increment(ref reached) == clients.Length)
                    killed.SetResult();
            }

            await writing;
            Account(answers, expected);
            var began = Stopwatch.GetTimestamp();
            do
            {
                Assert.True(Stopwatch.GetElapsedTime(began) < s_patience, "The edge is not used again.");
                await client.StandardInput.WriteLineAsync("rain and wind tomorrow");
                await client.StandardInput.FlushAsync(Stop);
            }
            while (Parse(await ReadAsync(client)).Tier != "edge");
            client.StandardInput.Close();
            await Signals.EndedAsync(client);
            Assert.Equal(0, client.ExitCode);
            return answers.Count(answer => answer.Tier != "edge");
        }).ToArray();
        await Task.WhenAny(killed.Task, Task.WhenAll(asking));
        edges[0].Process.Kill();
        await edges[0].DisposeAsync();
        return (await Task.WhenAll(asking)).Sum();
    }

    /// <summary>Each text has one answer in its turn, which is that of the edge itself, or the mobile's and says so.</summary>
    private static void Account(IReadOnlyList<Answer> answers, IReadOnlyList<Answer> expected)
    {
        foreach (var (index, answer) in answers.Index())
        {
            Assert.Equal(index, answer.Index);
            Assert.Equal(answer.Tier == "edge" ? (2, false) : (1, true), (answer.Exit, answer.Fallback));
            if (answer.Tier != "edge")
                continue;
            Assert.Equal(expected[index].Label, answer.Label);
            Assert.Equal(expected[index].Confidence, answer.Confidence, 1e-4);
        }
    }

    private async Task<IReadOnlyList<Answer>> DirectAsync(ServedTier edge, int lines)
    {
        var texts = _folder.File("texts.txt");
        File.WriteAllLines(texts, Enumerable.Range(0, lines).Select(i => $"rain number {i}"));
        var done = await Tool.DoneAsync("classify", made.Bundle, "--edge", edge.Grpc, "--timeout", "60", "--file", texts, "--json");
        Answer[] answers = [.. done.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        Assert.All(answers, answer => Assert.Equal("edge", answer.Tier));
        return answers;
    }

    private static async Task WriteAsync(Process client, int lines)
    {
        for (var i = 0; i < lines; i++)
            await client.StandardInput.WriteLineAsync($"rain number {i}");
        await client.StandardInput.FlushAsync(Stop);
    }

    private static async Task<string> ReadAsync(Process client)
    {
        var line = await client.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(s_patience, Stop);
        Assert.True(line is not null, line is null ? await client.StandardError.ReadToEndAsync(Stop) : "");
        return line!;
    }

    private static Answer Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new Answer(
            root.GetProperty("index").GetInt32(), root.GetProperty("tier").GetString()!, root.GetProperty("exit").GetInt32(),
            root.GetProperty("fallback").GetBoolean(), root.GetProperty("label").GetString()!,
            root.GetProperty("confidence").GetDouble());
    }

    private static Task<ServedTier[]> StartAsync(string bundle, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => ServedTier.StartToolAsync("dimec-tier.dll", [], bundle, "edge")));

    private static async Task StopAsync(IEnumerable<ServedTier> edges)
    {
        foreach (var edge in edges)
            await edge.DisposeAsync();
    }

    private sealed record Answer(int Index, string Tier, int Exit, bool Fallback, string Label, double Confidence);
}
