using System.Diagnostics;

namespace Dimec.EndToEnd.Tests;

/// <summary>The sample that opens a run in a program makes the files that the tool makes.</summary>
public sealed class RunAsLibraryTests
{
    [Theory]
    [InlineData("pools")]
    [InlineData("cascade")]
    public async Task Ten_lines_of_a_program_make_what_four_commands_make_byte_for_byte(string policy)
    {
        using var byTool = new PredictedRun();
        using var byProgram = new PredictedRun();
        await Tool.DoneAsync("map", byTool.Path);
        await Tool.DoneAsync("plan", byTool.Path, "--policy", policy, "--out", byTool.File("plan.json"));
        await Tool.DoneAsync("evaluate", byTool.Path, "--plan", byTool.File("plan.json"));

        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Dimec.Samples.RunAsLibrary.dll"), byProgram.Path, policy, byProgram.File("plan.json")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var program = Process.Start(start)!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(program.ExitCode == 0, $"{await error}{await output}");
        Assert.StartsWith($"80 samples mapped. {policy} was to drop ", await output, StringComparison.Ordinal);

        string[][] files = [["plan.json"], ["run", "td_metrics.jsonl"], ["run", "data-map.png"]];
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(byTool.File(file)), File.ReadAllBytes(byProgram.File(file))));

        // Why a policy cannot be planned is said with the tool's flag there, and with the library's property here: nothing else differs.
        string[][] evaluations = [["run", "evaluation.json"], ["run", "evaluation-no-offload.json"]];
        Assert.All(evaluations, file => Assert.Equal(
            File.ReadAllText(byTool.File(file)).Replace("train with --exits", "train with Exits", StringComparison.Ordinal)
                .Replace("train with --states", "train with States", StringComparison.Ordinal),
            File.ReadAllText(byProgram.File(file))));
    }
}
