using System.Diagnostics;

namespace Dimec.EndToEnd.Tests;

/// <summary>
/// The sample that plans over a router's table in a program makes the plan that the tool makes, and the page's commands run.
/// </summary>
public sealed class RouterTableSampleTests
{
    [Fact]
    public async Task A_program_makes_what_the_tool_makes_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        var (table, byProgram, byTool) = (folder.File("router.csv"), folder.File("program.json"), folder.File("tool.json"));
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Dimec.Samples.RouterTable.dll"), table, byProgram])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var program = Process.Start(start)!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(program.ExitCode == 0, $"{await error}{await output}");
        Assert.StartsWith("small, large from 0.549 on. Promised with 95.0 % confidence: ", await output, StringComparison.Ordinal);

        await Tool.DoneAsync("plan", table, "--max-drop", "0.01", "--confidence", "0.95", "--out", byTool);
        Assert.Equal(
            await File.ReadAllBytesAsync(byProgram, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(byTool, TestContext.Current.CancellationToken));
        var evaluated = await Tool.DoneAsync("evaluate", table, "--plan", byTool);
        // numpy, 4,000 draws of its own on the same rows: APGR 0.8425 [0.8289, 0.8567], CPT(50 %) 14.42 [13.07, 15.60].
        Assert.Contains("APGR           0.843 [0.829, 0.857]", evaluated.Output, StringComparison.Ordinal);
    }
}
