using System.Text.Json;
using Dimec.Tests;

namespace Dimec.EndToEnd;

/// <summary>Every command in turn on a made task, with an edge that is a process of its own.</summary>
public sealed class WholeWayTests
{
    [Fact]
    public async Task Train_map_plan_evaluate_report_export_serve_classify()
    {
        using var folder = new TemporaryFolder();
        var (data, run, plan, bundle) = (folder.File("weather.tsv"), folder.File("run"), folder.File("plan.json"), folder.File("bundle"));
        File.WriteAllText(data, "text\tlabel\n" + string.Concat(Enumerable.Range(0, 160).Select(Row)));

        await Done("train", "--data", data, "--epochs", "1", "--exits", "1,2,3", "--out", run);
        await Done("map", run);
        Assert.True(new FileInfo(Path.Combine(run, "data-map.png")).Length > 0);
        await Done("filter", run, "--metric", "confidence", "--fraction", "0.1", "--out", folder.File("hard.tsv"));
        Assert.StartsWith("text\tlabel\n", File.ReadAllText(folder.File("hard.tsv")), StringComparison.Ordinal);
        await Done("plan", run, "--policy", "edge", "--max-drop", "1", "--out", plan);
        await Done("evaluate", run);
        Assert.True(File.Exists(Path.Combine(run, "evaluation.json")));
        await Done("report", run);
        Assert.Contains("</html>", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
        await Done("export", run, "--plan", plan, "--out", bundle);

        using var edge = Tool.Start("serve", bundle, "--tier", "edge", "--http-port", "0", "--grpc-port", "0", "--json", "--stop-with-input");
        using var ready = JsonDocument.Parse((await edge.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        var answer = await Done("classify", bundle, "--edge", ready.RootElement.GetProperty("grpc").GetString()!, "--json", "rain and wind tomorrow");
        using var line = JsonDocument.Parse(answer.Output);
        Assert.Equal("edge", line.RootElement.GetProperty("tier").GetString());
        Assert.False(line.RootElement.GetProperty("fallback").GetBoolean());

        edge.StandardInput.Close();
        await edge.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, edge.ExitCode);

        // The edge is gone: the mobile answers, and the reply says so.
        var alone = await Done("classify", bundle, "--edge", ready.RootElement.GetProperty("grpc").GetString()!, "--json", "rain and wind tomorrow");
        using var fallback = JsonDocument.Parse(alone.Output);
        Assert.Equal("mobile", fallback.RootElement.GetProperty("tier").GetString());
        Assert.True(fallback.RootElement.GetProperty("fallback").GetBoolean());
    }

    private static string Row(int i) => i % 2 == 0 ? $"rain and wind number {i} tomorrow\tweather\n" : $"the match number {i} ended in a draw\tsport\n";

    private static async Task<Tool.Result> Done(params string[] arguments)
    {
        var result = await Tool.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"dimec {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}{result.Output}");
        return result;
    }
}
