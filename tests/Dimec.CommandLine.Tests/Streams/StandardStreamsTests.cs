using System.Diagnostics;

namespace Dimec.CommandLine.Tests.Streams;

/// <summary>The tool as a process whose streams are closed, full or cut off.</summary>
public sealed class StandardStreamsTests(MadeBundle made) : IClassFixture<MadeBundle>
{
    [Fact]
    public async Task A_reader_that_has_enough_ends_the_tool_quietly()
    {
        var (output, error) = await ShellAsync(
            "yes 'a good film' 2>/dev/null | $DIMEC classify $BUNDLE - | head -2; echo ${PIPESTATUS[1]}");
        Assert.Equal("", error);
        Assert.Equal(["141"], output.TrimEnd('\n').Split('\n')[2..]);
    }

    [Theory]
    [InlineData("echo good | $DIMEC classify $BUNDLE - >&-", "0")]
    [InlineData("$DIMEC classify $BUNDLE good 2>&-", "0")]
    [InlineData("$DIMEC classify $BUNDLE good <&-", "0")]
    [InlineData("$DIMEC classify $BUNDLE - <&-", "0")]
    [InlineData("$DIMEC classify $BUNDLE good <&- >&- 2>&-", "0")]
    [InlineData("$DIMEC classify $BUNDLE - </", "1")]
    [InlineData("$DIMEC --version >&-", "0")]
    [InlineData("$DIMEC frobnicate 2>/dev/full", "2")]
    [InlineData("$DIMEC classify $BUNDLE good >/dev/full", "1")]
    public async Task Streams_may_be_closed_or_full(string command, string code)
    {
        var (output, error) = await ShellAsync($"({command}); echo code $?");
        Assert.EndsWith($"code {code}\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Many_answers_go_through_a_slow_pipe_that_does_not_block()
    {
        // Whoever made the pipe may have set it so; then a write that finds it full fails at once.
        const string NonBlocking = "import fcntl, os; fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_NONBLOCK)";
        var (output, error) = await ShellAsync(
            $"yes 'a good film' 2>/dev/null | head -4000 | (python3 -c '{NonBlocking}'; "
            + "exec $DIMEC classify $BUNDLE -) | (sleep 3; wc -l); echo ${PIPESTATUS[2]}");
        Assert.Equal("", error);
        Assert.Equal(["4000", "0"], output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task An_argument_that_is_no_UTF8_is_no_text()
    {
        var (output, error) = await ShellAsync(
            "$DIMEC classify $BUNDLE $'caf\\xe9'; $DIMEC classify $BUNDLE $'caf\\xef\\xbf\\xbd' | wc -l");
        Assert.Equal("error: the argument caf\uFFFD: is not valid UTF-8; write it as UTF-8, or put texts into a file.\n", error);
        Assert.Equal("1\n", output);
    }

    [Fact]
    public async Task A_current_folder_that_is_gone_is_named()
    {
        using var folder = new TemporaryFolder();
        var (output, error) = await ShellAsync(
            $"mkdir {folder.File("gone")}; cd {folder.File("gone")}; rmdir {folder.File("gone")}; $DIMEC classify $BUNDLE good; echo $?");
        Assert.Equal("error: the current folder: is gone; change to one that exists.\n", error);
        Assert.EndsWith("2\n", output, StringComparison.Ordinal);
    }

    private async Task<(string Output, string Error)> ShellAsync(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This is about a Unix shell.");
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DIMEC"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "Dimec.Cli.dll")}";
        start.Environment["BUNDLE"] = made.Path;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (await output, await error);
    }
}
