using System.Text.Json;

namespace Dimec.EndToEnd.Tests;

/// <summary>Every command in turn on a made task, with an edge that is a process of its own.</summary>
public sealed class WholeWayTests
{
    [Fact]
    public async Task Train_map_plan_evaluate_report_export_serve_classify()
    {
        using var folder = new TemporaryFolder();
        var (data, run, plan, bundle) = (folder.File("weather.tsv"), folder.File("run"), folder.File("plan.json"), folder.File("bundle"));
        File.WriteAllText(data, "text\tlabel\n" + string.Concat(Enumerable.Range(0, 160).Select(Row)));

        await Tool.DoneAsync("train", "--data", data, "--epochs", "1", "--exits", "1,2,3", "--out", run);
        await Tool.DoneAsync("map", run);
        Assert.True(new FileInfo(Path.Combine(run, "data-map.png")).Length > 0);
        await Tool.DoneAsync("filter", run, "--metric", "confidence", "--fraction", "0.1", "--out", folder.File("hard.tsv"));
        Assert.StartsWith("text\tlabel\n", File.ReadAllText(folder.File("hard.tsv")), StringComparison.Ordinal);
        await Tool.DoneAsync("plan", run, "--policy", "edge", "--max-drop", "1", "--out", plan);
        await Tool.DoneAsync("evaluate", run);
        Assert.True(File.Exists(Path.Combine(run, "evaluation.json")));
        await Tool.DoneAsync("report", run);
        Assert.Contains("</html>", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
        await Tool.DoneAsync("export", run, "--plan", plan, "--out", bundle);

        using var edge = Tool.Start(
            "serve", bundle, "--tier", "edge", "--http-port", "0", "--grpc-port", "0", "--json", "--stop-with-input");
        using var ready = JsonDocument.Parse((await edge.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        var answer = await Tool.DoneAsync(
            "classify", bundle, "--edge", ready.RootElement.GetProperty("grpc").GetString()!, "--json", "rain and wind tomorrow");
        Assert.Matches(
            """^\{"index":0,"label":"(weather|sport)","confidence":0\.\d+,"tier":"edge","exit":\d,"cost":[\d.]+,"truncated":false,"fallback":false\}\n$""",
            answer.Output.ReplaceLineEndings("\n"));
        using var line = JsonDocument.Parse(answer.Output);
        Assert.Equal("edge", line.RootElement.GetProperty("tier").GetString());
        Assert.False(line.RootElement.GetProperty("fallback").GetBoolean());

        edge.StandardInput.Close();
        await edge.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, edge.ExitCode);

        // The edge is gone: the mobile answers, and the reply says so.
        var alone = await Tool.DoneAsync(
            "classify", bundle, "--edge", ready.RootElement.GetProperty("grpc").GetString()!, "--json", "rain and wind tomorrow");
        using var fallback = JsonDocument.Parse(alone.Output);
        Assert.Equal("mobile", fallback.RootElement.GetProperty("tier").GetString());
        Assert.True(fallback.RootElement.GetProperty("fallback").GetBoolean());
    }

    private static string Row(int i) =>
        i % 2 == 0 ? $"rain and wind number {i} tomorrow\tweather\n" : $"the match number {i} ended in a draw\tsport\n";
}
