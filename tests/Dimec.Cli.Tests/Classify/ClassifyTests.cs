using System.Diagnostics;
using System.Text.Json;
using Dimec.Cli.Classify;

namespace Dimec.Cli.Tests.Classify;

/// <summary>One answer a text, whatever the text looks like, and an error for each line that is none.</summary>
public sealed class ClassifyTests(MadeBundle made) : IClassFixture<MadeBundle>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("@the film is good")]
    [InlineData("@note")]
    [InlineData("@")]
    [InlineData("-5 degrees")]
    [InlineData("-5")]
    [InlineData("-hx")]
    [InlineData("- a very good film")]
    [InlineData("/h")]
    [InlineData("/?")]
    [InlineData("/help")]
    [InlineData("[suggest]")]
    [InlineData("[diagram] a film")]
    [InlineData("[env:X=1]")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("plan")]
    [InlineData("classify")]
    [InlineData("")]
    [InlineData("%s {0} $HOME")]
    public async Task A_text_is_that_text_whatever_it_looks_like(string text)
    {
        await File.WriteAllTextAsync(_folder.File("note"), "good film\nbad plot\n", TestContext.Current.CancellationToken);
        text = text == "@note" ? "@" + _folder.File("note") : text;
        await File.WriteAllTextAsync(_folder.File("texts"), text + "\n", TestContext.Current.CancellationToken);
        var expected = await AnswersAsync("--file", _folder.File("texts"), "--json");
        Assert.Single(expected);

        Assert.Equal(expected, await AnswersAsync("--json", text));
        Assert.Equal(expected, await AnswersAsync(text, "--json"));
        Assert.Equal(expected, await AnswersAsync("--json", "--", text));
    }

    [Theory]
    [InlineData("--")]
    [InlineData("-")]
    [InlineData("-h")]
    [InlineData("--help")]
    [InlineData("--file")]
    [InlineData("--file=x")]
    public async Task What_follows_two_dashes_is_a_text(string text)
    {
        await File.WriteAllTextAsync(_folder.File("texts"), text + "\n", TestContext.Current.CancellationToken);
        Assert.Equal(await AnswersAsync("--file", _folder.File("texts"), "--json"), await AnswersAsync("--json", "--", text));
    }

    [Fact]
    public async Task A_file_may_have_any_name()
    {
        foreach (var name in new[] { "-file", "@file", "--file", "[file]", "a\nb" })
        {
            await File.WriteAllTextAsync(_folder.File(name), "good\nbad\n", TestContext.Current.CancellationToken);
            Assert.Equal(2, (await AnswersAsync("--file", _folder.File(name), "--json")).Length);
        }
    }

    [Theory]
    [InlineData("--JSON")]
    [InlineData("--jsno")]
    [InlineData("--files=x")]
    public async Task An_option_that_nobody_knows_is_not_answered(string option)
    {
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync("classify", made.Path, option, "good", "--", "bad"));
        Assert.Equal("", screen.Out);
        Assert.Contains($"{option}: is no option of classify", screen.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_line_is_an_error_of_that_line_and_the_others_are_answered()
    {
        byte[] input =
        [
            .. "good\n"u8,
            0xFF,
            0xFE,
            .. "\nbad\n"u8,
            .. Enumerable.Repeat((byte)'x', LineReader.MostBytes + 1),
            .. "\nfilm\n"u8,
            .. "a\0b\ncaf"u8,
            0xE9,
        ];
        var screen = new Screen(isTerminal: false, input: new MemoryStream(input));
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync("classify", made.Path, "-", "--json"));

        var answers = screen.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(Enumerable.Range(0, 7), answers.Select(answer => answer.GetProperty("index").GetInt32()));
        Assert.Equal(
            [1, 3, 6],
            answers.Where(answer => answer.TryGetProperty("error", out _)).Select(answer => answer.GetProperty("index").GetInt32()));
        var errors = screen.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, errors.Length);
        Assert.StartsWith("error: standard input line 2: is not valid UTF-8; ", errors[0], StringComparison.Ordinal);
        Assert.StartsWith(
            $"error: standard input line 4: has more than {LineReader.MostBytes} bytes; ", errors[1], StringComparison.Ordinal);
        Assert.StartsWith("error: standard input line 7: is not valid UTF-8; ", errors[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_the_model_gives_no_numbers_is_an_error_of_that_text_and_the_others_are_answered()
    {
        var checkpoint = RandomCheckpoint.Create();
        var embeddings = checkpoint.Weights["embeddings.word_embeddings.weight"];
        embeddings.Values[Array.IndexOf(TinyBundle.Vocabulary.Split('\n'), "bright") * embeddings.Shape[1]] = float.NaN;
        TinyBundle.Write(_folder.File("spoiled"), checkpoint, TinyBundle.Plan("mobile"));
        var screen = new Screen(isTerminal: false, input: new MemoryStream("good\na bright film\nbad\n"u8.ToArray()));
        Assert.Equal(ExitCodes.Failed, await screen.RunAsync("classify", _folder.File("spoiled"), "-", "--json"));

        var answers = screen.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal([0, 1, 2], answers.Select(answer => answer.GetProperty("index").GetInt32()));
        Assert.Equal([false, true, false], answers.Select(answer => answer.TryGetProperty("error", out _)));
        Assert.Contains("a logit is not a finite number", screen.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_its_tab_is_an_error_of_that_line()
    {
        var screen = new Screen(isTerminal: false, input: new MemoryStream("good\tbad\ngood\n\t\n"u8.ToArray()));
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync("classify", made.Pairs, "-"));
        Assert.Equal(2, screen.Lines.Length);
        Assert.Equal(
            "error: standard input line 2: has no tab, and this bundle takes pairs; write TEXT, a tab and the second TEXT.\n",
            screen.Error);
    }

    [Fact]
    public async Task All_bad_lines_of_a_file_are_named_before_anything_is_answered()
    {
        await File.WriteAllBytesAsync(
            _folder.File("texts"), [.. "good\n"u8, 0xFF, .. "\nbad\n"u8, 0xFE], TestContext.Current.CancellationToken);
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync("classify", made.Path, "--file", _folder.File("texts")));
        Assert.Equal("", screen.Out);
        Assert.Equal(2, screen.Error.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("line 2: is not valid UTF-8", screen.Error, StringComparison.Ordinal);
        Assert.Contains("line 4: is not valid UTF-8", screen.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("good film")]
    public async Task An_answer_is_one_line_that_steers_nothing(string text)
    {
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.Done, await screen.RunAsync("classify", made.Path, text));
        var line = Assert.Single(screen.Out.TrimEnd('\n').Split('\n'));
        Assert.Equal(4, line.Split('\t').Length);
        Assert.StartsWith(@"good\tbad\n\u001B[31m[red]\u009B2J\u202E\u2028", line, StringComparison.Ordinal);

        // A program gets the label as it is.
        var json = Assert.Single(await AnswersAsync("--json", text));
        Assert.DoesNotContain(json, letter => letter is '\e' or '\u009b' or '\u202e' or '\u2028');
        Assert.StartsWith(
            MadeBundle.Label, JsonDocument.Parse(json).RootElement.GetProperty("label").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_without_texts_says_so()
    {
        await File.WriteAllTextAsync(_folder.File("empty"), "", TestContext.Current.CancellationToken);
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.Done, await screen.RunAsync("classify", made.Path, "--file", _folder.File("empty")));
        Assert.Equal($"--file {_folder.File("empty")} holds no text, so there is nothing to answer.\n", screen.Error);
        screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.Done, await screen.RunAsync("classify", made.Path, "-"));
        Assert.Equal("standard input holds no text, so there is nothing to answer.\n", screen.Error);
    }

    [Fact]
    public async Task A_pipe_is_a_stream_that_can_be_stopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such pipes on Windows.");
        using (var mkfifo = Process.Start("mkfifo", [_folder.File("silent"), _folder.File("pipe")]))
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        // Nobody writes to it: opening it already waits.
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.Interrupted, await screen.RunAsync(["classify", made.Path, "--file", _folder.File("silent")], stop.Token));
        // Lets the reader go that was left waiting there.
        new FileStream(_folder.File("silent"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();

        screen = new Screen(isTerminal: false);
        var answered = screen.RunAsync("classify", made.Path, "--file", _folder.File("pipe"));
        await using (var writer = new FileStream(_folder.File("pipe"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            await writer.WriteAsync((byte[])[.. "good\n"u8, 0xFF, .. "\nbad\n"u8], TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.BadInput, await answered);
        Assert.Equal(2, screen.Lines.Length);
        Assert.Contains("line 2: is not valid UTF-8", screen.Error, StringComparison.Ordinal);
    }

    private async Task<string[]> AnswersAsync(params string[] arguments)
    {
        var screen = new Screen(isTerminal: false);
        Assert.True(await screen.RunAsync(["classify", made.Path, .. arguments]) == ExitCodes.Done, screen.Error);
        return screen.Out.TrimEnd('\n').Split('\n');
    }
}
