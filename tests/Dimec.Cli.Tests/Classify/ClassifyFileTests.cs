using System.Text.Json;

namespace Dimec.Cli.Tests.Classify;

/// <summary>Answers that go to a file: in order, and gone on with where a call was stopped.</summary>
public sealed class ClassifyFileTests(MadeBundle made) : IClassFixture<MadeBundle>, IDisposable
{
    private const int Texts = 3000;
    private readonly TemporaryFolder _folder = new();

    private string Input => _folder.File("texts.txt");

    private string Output => _folder.File("answers.jsonl");

    private string Partial => Output + ".partial";

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_has_the_lines_that_standard_output_has(bool json)
    {
        Write(Texts);
        string[] form = json ? ["--json"] : [];
        var printed = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.Done, await printed.RunAsync(["classify", made.Path, "--file", Input, .. form]));
        var screen = new Screen(isTerminal: false);
        Assert.True(
            await screen.RunAsync(["classify", made.Path, "--file", Input, "--out", Output, .. form]) == ExitCodes.Done, screen.Error);
        Assert.Equal("", screen.Out);
        Assert.Equal(printed.Out, await File.ReadAllTextAsync(Output, TestContext.Current.CancellationToken));
        Assert.Contains($"{Output} has 3,000 answers; 3,000 of them took ", screen.Error, StringComparison.Ordinal);
        Assert.Contains(" texts/s.\n", screen.Error, StringComparison.Ordinal);
        Assert.Equal([Input, Output], Directory.EnumerateFiles(_folder.Path).Order().Reverse());
    }

    [Fact]
    public async Task A_call_that_is_stopped_is_gone_on_with_and_ends_as_one_that_was_not()
    {
        Write(Texts);
        var whole = await CallAsync("--json", "--out", _folder.File("whole.jsonl"));
        Assert.Equal(ExitCodes.Done, whole.Code);
        var calls = 0;
        var from = 0L;
        while (!File.Exists(Output))
        {
            // Each time it gets a little further.
            bool IsFurther() => Length(Partial) > from + 50_000;
            var (code, error) = calls == 0 ? await StopAsync(IsFurther, Output) : await CallUntilAsync(IsFurther, Output);
            if (File.Exists(Output))
                break;
            Assert.Equal(ExitCodes.Interrupted, code);
            Assert.Equal(calls > 0, error.Contains(" goes on after ", StringComparison.Ordinal));
            Assert.True(Length(Partial) > from, "It got no further.");
            from = Length(Partial);
            calls++;
        }

        Assert.InRange(calls, 1, Texts);
        Assert.Equal(await ReadAsync(_folder.File("whole.jsonl")), await ReadAsync(Output));
    }

    [Fact]
    public async Task What_stands_behind_the_last_that_was_committed_is_answered_again()
    {
        Write(600);
        Assert.Equal(ExitCodes.Done, (await CallAsync("--json", "--out", Output)).Code);
        var whole = await ReadAsync(Output);
        var lines = whole.Split('\n');
        var bytes = string.Join('\n', lines.Take(256)).Length + 1;
        // As a machine leaves it that lost its power: a line and a half more than was committed.
        await File.WriteAllTextAsync(
            Partial, string.Join('\n', lines.Take(257)) + "\n" + lines[257][..20], TestContext.Current.CancellationToken);
        var origin = await BegunAsync();
        await File.WriteAllTextAsync(
            Partial + ".json", JsonSerializer.Serialize(new { format = 1, steps = 256, bytes, origin, counts = new { failed = 0 } }),
            TestContext.Current.CancellationToken);
        var (code, error) = await CallAsync("--json", "--out", Output);
        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("goes on after 256 of 600 texts.", error, StringComparison.Ordinal);
        Assert.Contains("has 600 answers; 344 of them took", error, StringComparison.Ordinal);
        Assert.Equal(whole, await ReadAsync(Output));
    }

    [Theory]
    [InlineData("--pin", "mobile", "another --pin")]
    [InlineData("--abstain-below", "0.9", "another --abstain-below")]
    [InlineData("--local-only", null, "another choice of --local-only")]
    public async Task A_file_that_was_begun_otherwise_is_not_mixed(string option, string? value, string sentence)
    {
        Write(600);
        await StopAsync(() => File.Exists(Partial), Output);
        var before = await ReadAsync(Partial);
        var (code, error) = await CallAsync(["--json", "--out", Output, option, .. value is null ? Array.Empty<string>() : [value]]);
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains($"{Partial}: was begun with {sentence}; ", error, StringComparison.Ordinal);
        await File.AppendAllTextAsync(Input, "one more\n", TestContext.Current.CancellationToken);
        (code, error) = await CallAsync("--json", "--out", Output, "--cloud", "grpc://127.0.0.1:1");
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains("was begun with another ", error, StringComparison.Ordinal);
        (code, error) = await CallAsync("--json", "--out", Output);
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains("was begun with another content of --file; ", error, StringComparison.Ordinal);
        Assert.Equal(before, await ReadAsync(Partial));
    }

    [Fact]
    public async Task The_texts_are_not_written_over()
    {
        Write(3);
        File.CreateSymbolicLink(_folder.File("link"), Input);
        foreach (var path in new[] { Input, _folder.File("link") })
        {
            var (code, error) = await CallAsync("--out", path);
            Assert.Equal(ExitCodes.BadInput, code);
            Assert.Contains($"--out {path}: is the file of texts itself, which would be lost; ", error, StringComparison.Ordinal);
        }

        Assert.Equal(3, File.ReadAllLines(Input).Length);
    }

    [Fact]
    public async Task A_stream_and_texts_have_no_file_for_their_answers()
    {
        foreach (var arguments in new string[][] { ["-"], ["good film"] })
        {
            var screen = new Screen(isTerminal: false, input: new MemoryStream("good\n"u8.ToArray()));
            Assert.Equal(ExitCodes.BadInput, await screen.RunAsync(["classify", made.Path, .. arguments, "--out", Output]));
            Assert.Contains("cannot be read again from where a call was stopped; give --file FILE", screen.Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task A_text_without_an_answer_keeps_its_line_and_counts_over_all_calls()
    {
        var checkpoint = RandomCheckpoint.Create();
        var embeddings = checkpoint.Weights["embeddings.word_embeddings.weight"];
        embeddings.Values[Array.IndexOf(TinyBundle.Vocabulary.Split('\n'), "bright") * embeddings.Shape[1]] = float.NaN;
        TinyBundle.Write(_folder.File("spoiled"), checkpoint, TinyBundle.Plan("mobile"));
        await File.WriteAllTextAsync(Input, "good\na bright film\nbad\n", TestContext.Current.CancellationToken);
        var screen = new Screen(isTerminal: false);
        Assert.Equal(
            ExitCodes.Failed, await screen.RunAsync("classify", _folder.File("spoiled"), "--file", Input, "--out", Output));
        var lines = (await ReadAsync(Output)).Split('\n');
        Assert.Equal([false, true, false], lines[..3].Select(line => line.Length == 0));
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public async Task What_abstains_has_no_label_and_what_is_cut_is_counted()
    {
        var letters = string.Join(' ', Enumerable.Repeat("film", 400));
        await File.WriteAllTextAsync(Input, $"good\n{letters}\n", TestContext.Current.CancellationToken);
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.Done, await screen.RunAsync("classify", made.Path, "--file", Input, "--abstain-below", "1"));
        Assert.All(screen.Out.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("\t0.", line, StringComparison.Ordinal));
        Assert.Contains("2 of 2 answers abstain, as they are less sure than --abstain-below asks.", screen.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 2 texts were longer than the model reads, and were cut.", screen.Error, StringComparison.Ordinal);

        screen = new Screen(isTerminal: false);
        Assert.Equal(
            ExitCodes.Done,
            await screen.RunAsync(
                "classify", made.Path, "--file", Input, "--abstain-below", "1", "--json", "--pin", "mobile", "--cache", "5"));
        var answers = screen.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.All(answers, answer => Assert.True(answer.GetProperty("abstained").GetBoolean()));
        Assert.All(answers, answer => Assert.NotEqual("", answer.GetProperty("label").GetString()));
        Assert.Equal([false, true], answers.Select(answer => answer.GetProperty("truncated").GetBoolean()));
    }

    [Theory]
    [InlineData("--pin moon", "--pin moon: is no tier of this bundle; name ")]
    [InlineData("--pin cloud --local-only", "--pin cloud: runs elsewhere, and --local-only lets no text leave; ")]
    [InlineData("--abstain-below 2", "--abstain-below: is 2; give a confidence, 0 to 1")]
    [InlineData("--cache -1", "--cache: is -1; give 0 to 10000000")]
    public async Task What_cannot_be_asked_is_named(string options, string sentence)
    {
        var screen = new Screen(isTerminal: false);
        Assert.Equal(ExitCodes.BadInput, await screen.RunAsync(["classify", made.Path, "good", .. options.Split(' ')]));
        Assert.Contains(sentence, screen.Error, StringComparison.Ordinal);
    }

    private void Write(int texts) =>
        File.WriteAllLines(Input, Enumerable.Range(0, texts).Select(i => $"a {(i % 3 == 0 ? "good" : "bad")} film number {i}"));

    /// <summary>What a call that was begun says that it is of.</summary>
    private async Task<Dictionary<string, string>> BegunAsync()
    {
        var other = _folder.File("other");
        var begun = "";
        await StopAsync(() => (begun = Content(other + ".partial.json")).Length > 0, other);
        return JsonDocument.Parse(begun).RootElement.GetProperty("origin").Deserialize<Dictionary<string, string>>()!;
    }

    /// <summary>Begins, and stops the call as soon as something holds; one that ended before that was seen is begun anew.</summary>
    private async Task<(int Code, string Error)> StopAsync(Func<bool> holds, string output)
    {
        for (var tries = 1; ; tries++)
        {
            var stopped = await CallUntilAsync(holds, output);
            if (stopped.Code != ExitCodes.Done)
            {
                Assert.Equal(ExitCodes.Interrupted, stopped.Code);
                return stopped;
            }

            Assert.True(tries < 100, "It is never seen before it ends.");
            File.Delete(output);
        }
    }

    /// <summary>Stops a call as soon as something holds; it may end before.</summary>
    private async Task<(int Code, string Error)> CallUntilAsync(Func<bool> holds, string output)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var call = Task.Run(() => CallAsync(stop.Token, "--json", "--out", output), TestContext.Current.CancellationToken);
        while (!call.IsCompleted && !holds())
            await Task.Delay(1, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        return await call;
    }

    /// <summary>What is in a file, which may be gone at any moment, and is put in its place whole.</summary>
    private static string Content(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    /// <summary>The length of a file, which may be gone at any moment.</summary>
    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private Task<(int Code, string Error)> CallAsync(params string[] options) => CallAsync(TestContext.Current.CancellationToken, options);

    private async Task<(int Code, string Error)> CallAsync(CancellationToken stop, params string[] options)
    {
        var screen = new Screen(isTerminal: false);
        var code = await screen.RunAsync(["classify", made.Path, "--file", Input, .. options], stop);
        return (code, screen.Error);
    }

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
}
