using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dimec.EndToEnd.Tests.Packages;

namespace Dimec.EndToEnd.Tests;

/// <summary>
/// The demo as a newcomer runs it, on few samples: the real encoder, three processes, and the comparison of what they say. Where packages
/// can be made, by the packed tool, installed from a feed into an empty folder.
/// </summary>
public sealed partial class DemoTests(PackedFeed packages)
{
    [Fact]
    public async Task What_is_served_equals_what_is_evaluated_and_a_second_call_does_nothing_again()
    {
        using var folder = new TemporaryFolder();
        var demo = folder.File("demo");
        string[] call =
        [
            "demo", "--data", MadeData.WriteTsv(folder.File("tiny.tsv"), 200), "--epochs", "2", "--limit", "96", "--held-out-limit", "40",
            "--out", demo, "--json",
        ];

        var dimec = await DimecAsync(folder.File("installed"), call);

        var first = await dimec(call);
        AssertServedIsOffline(first.Output, demo);
        var tiers = TierProcess()
            .Matches(first.Error)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(2, tiers.Length);
        foreach (var tier in tiers)
            await Signals.GoneAsync(tier);
        Assert.Contains("epoch 2", first.Error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^--precision auto: .*; taking (fp32|bf16)\.$", first.Error);
        var made = Written(demo);

        var second = await dimec(call);
        AssertServedIsOffline(second.Output, demo);
        Assert.DoesNotContain("epoch ", second.Error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^--precision auto: what was begun in (fp32|bf16) goes on in it\.$", second.Error);
        Assert.DoesNotMatch(TierProcess(), second.Error);
        Assert.Equal(made, Written(demo));
    }

    private async Task<Func<string[], Task<Tool.Result>>> DimecAsync(string folder, string[] call)
    {
        if (!PackedFeed.IsPossible)
            return Tool.DoneAsync;
        var tool = await InstalledTool.InstallAsync(folder, await packages.FolderAsync());
        await tool.GetWeightsAsync(call);
        return tool.DoneAsync;
    }

    private static void AssertServedIsOffline(string output, string demo)
    {
        using var result = JsonDocument.Parse(output);
        var served = result.RootElement.GetProperty("served");
        Assert.Equal(0, served.GetProperty("differences").GetInt32());
        Assert.Equal(
            served.GetProperty("samples").GetInt32(), served.GetProperty("equal").GetInt32() + served.GetProperty("nearTies").GetInt32());
        Assert.InRange(served.GetProperty("samples").GetInt32(), 10, 40);
        Assert.InRange(result.RootElement.GetProperty("largestLogitDifference").GetDouble(), 0, 1e-3);
        var report = File.ReadAllText(Path.Combine(demo, "report.html"));
        Assert.Equal(Path.Combine(demo, "report.html"), result.RootElement.GetProperty("report").GetString());
        Assert.Contains("served answers equal offline", report, StringComparison.Ordinal);
        Assert.EndsWith("</html>", report.TrimEnd(), StringComparison.Ordinal);
        Assert.True(new FileInfo(Path.Combine(demo, "summary.png")).Length > 0);
    }

    /// <summary>When each file was written that a step makes once; report and picture are drawn anew with every call.</summary>
    private static string[] Written(string demo) =>
        [.. Directory.EnumerateFiles(demo, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) is not ("report.html" or "summary.png" or ".lock"))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")];

    [GeneratedRegex(@"process (\d+) answers")]
    private static partial Regex TierProcess();
}
