using Dimec.Tests;

namespace Dimec.EndToEnd;

/// <summary>A wrong call or input: exit code 2, a sentence that says what, and nothing written.</summary>
public sealed class BadCallTests
{
    [Fact]
    public async Task An_unknown_command_is_a_wrong_call()
    {
        var result = await Tool.RunAsync("frobnicate");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("frobnicate", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_is_not_there_is_named_and_no_run_is_begun()
    {
        using var folder = new TemporaryFolder();

        var result = await Tool.RunAsync("train", "--data", folder.File("nowhere.tsv"), "--out", folder.File("run"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("nowhere.tsv", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("run")));
    }

    [Fact]
    public async Task A_tab_too_many_is_named_by_its_line()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("mine.tsv");
        File.WriteAllText(data, "text\tlabel\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"text {i}\t{i % 2}\n")) + "one\tmore\t1\n");

        var result = await Tool.RunAsync("train", "--data", data, "--out", folder.File("run"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("line 42", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_malformed_URLs_are_reported_together()
    {
        using var folder = new TemporaryFolder();

        var result = await Tool.RunAsync("classify", folder.Path, "--edge", "nonsense", "--cloud", "also nonsense", "text");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--edge nonsense", result.Error, StringComparison.Ordinal);
        Assert.Contains("--cloud also nonsense", result.Error, StringComparison.Ordinal);
    }
}
