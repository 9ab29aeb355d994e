using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Dimec.EndToEnd.Tests;

/// <summary>A client and a tier as processes, of which the tier is killed, stopped, or no tier: each text has one answer.</summary>
public sealed class FaultMatrixTests(MadeRun made) : IDisposable
{
    private const int Lines = 400;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tier_that_is_stopped_costs_its_deadline_once_and_one_that_goes_on_is_used_again()
    {
        await using var tier = await ServedTier.StartAsync(made.Bundle, "edge");
        using var client = Tool.Start("classify", made.Bundle, "--edge", tier.Grpc, "--timeout", "3", "--json", "-");
        await AnswersAsync(client, "edge");

        await Signals.SuspendAsync(tier.Process);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 8; i++)
            Assert.Equal("mobile", await AskAsync(client));
        // Once a line would be 24 s.
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 2, 12);

        await Signals.ResumeAsync(tier.Process);
        await AnswersAsync(client, "edge");
        await EndAsync(client);
    }

    [Fact]
    public async Task A_tier_that_is_killed_and_started_again_is_used_again()
    {
        var first = await ServedTier.StartAsync(made.Bundle, "edge");
        await using var link = new FaultyLink(new Uri(first.Grpc));
        using var client = Tool.Start("classify", made.Bundle, "--edge", link.Address.OriginalString, "--timeout", "30", "--json", "-");
        Assert.Equal("edge", await AskAsync(client));

        first.Process.Kill();
        await first.DisposeAsync();
        Assert.Equal("mobile", await AskAsync(client));

        await using var second = await ServedTier.StartAsync(made.Bundle, "edge");
        link.Target = new Uri(second.Grpc);
        await AnswersAsync(client, "edge");
        await EndAsync(client);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_tier_that_is_killed_in_the_middle_loses_and_doubles_nothing(string transport)
    {
        var tier = await ServedTier.StartAsync(made.Bundle, "edge");
        await using var link = new FaultyLink(transport == "grpc" ? new Uri(tier.Grpc) : tier.Http)
        {
            Delay = TimeSpan.FromMilliseconds(50),
        };
        var texts = _folder.File("texts.txt");
        File.WriteAllLines(texts, Enumerable.Range(0, Lines).Select(i => $"rain number {i}"));
        using var client = Tool.Start(
            "classify", made.Bundle, "--edge", link.Address.OriginalString, "--timeout", "10", "--file", texts, "--json");
        var error = client.StandardError.ReadToEndAsync(Stop);
        var lines = new List<string> { (await client.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(s_patience, Stop))! };
        tier.Process.Kill();
        await tier.DisposeAsync();
        while (await client.StandardOutput.ReadLineAsync(Stop) is { } line)
            lines.Add(line);
        await Signals.EndedAsync(client);

        Assert.True(client.ExitCode == 0, await error);
        Assert.Equal(Lines, lines.Count);
        foreach (var (index, line) in lines.Index())
        {
            using var answer = JsonDocument.Parse(line);
            Assert.Equal(index, answer.RootElement.GetProperty("index").GetInt32());
            var (isEdge, exit) = (
                answer.RootElement.GetProperty("tier").GetString() == "edge", answer.RootElement.GetProperty("exit").GetInt32());
            Assert.Equal((!isEdge, isEdge ? 2 : 1), (answer.RootElement.GetProperty("fallback").GetBoolean(), exit));
        }

        Assert.Contains("\"tier\":\"edge\"", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task A_link_that_garbles_at_the_start_stops_no_client(string scheme)
    {
        await using var tier = await ServedTier.StartAsync(made.Bundle, "edge");
        await using var link = new FaultyLink(scheme == "grpc" ? new Uri(tier.Grpc) : tier.Http) { Fault = LinkFault.Garbage };
        using var client = Tool.Start("classify", made.Bundle, "--edge", link.Address.OriginalString, "--timeout", "30", "--json", "-");
        Assert.Equal("mobile", await AskAsync(client));
        link.Fault = LinkFault.None;
        await AnswersAsync(client, "edge");
        await EndAsync(client);
    }

    [Fact]
    public async Task The_time_of_an_answer_in_all_is_an_option()
    {
        await using var tier = await ServedTier.StartAsync(made.Bundle, "edge");
        await using var link = new FaultyLink(new Uri(tier.Grpc));
        using var client = Tool.Start(
            "classify", made.Bundle, "--edge", link.Address.OriginalString, "--timeout", "60", "--deadline", "4", "--json", "-");
        await AnswersAsync(client, "edge");
        link.Fault = LinkFault.Hang;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 6; i++)
            Assert.Equal("mobile", await AskAsync(client));
        // Once a line would be 24 s, and a tier's own time a minute.
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 3, 16);
        await EndAsync(client);

        await Tool.RefusedAsync(
            _folder.Path, ["classify", made.Bundle, "--deadline", "0", "rain"], "--deadline: is 0; give 0.001 to 86400 seconds");
    }

    private static async Task<string> AskAsync(Process client)
    {
        await client.StandardInput.WriteAsync("rain and wind tomorrow\n");
        await client.StandardInput.FlushAsync(Stop);
        var line = await client.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(s_patience, Stop);
        Assert.True(line is not null, line is null ? await client.StandardError.ReadToEndAsync(Stop) : "");
        using var answer = JsonDocument.Parse(line!);
        return answer.RootElement.GetProperty("tier").GetString()!;
    }

    private static async Task AnswersAsync(Process client, string tier)
    {
        var began = Stopwatch.GetTimestamp();
        while (await AskAsync(client) != tier)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < s_patience, $"Tier {tier} is not used again.");
            await Task.Delay(20, Stop);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"used again after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms"));
    }

    private static async Task EndAsync(Process client)
    {
        client.StandardInput.Close();
        await Signals.EndedAsync(client);
        Assert.Equal(0, client.ExitCode);
    }
}
