using System.Text.Json;

namespace Dimec.EndToEnd.Tests;

/// <summary>Where <c>classify</c> has its texts from: each line is answered as it comes, and one that is no text is named.</summary>
public sealed class ClassifyInputTests(MadeRun made)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_line_that_is_typed_is_answered_before_the_next_one()
    {
        using var process = Tool.Start("classify", made.Bundle, "-", "--json");
        foreach (var (line, index) in new[] { ("rain and wind tomorrow", 0), ("the match ended in a draw", 1), ("", 2) })
        {
            await process.StandardInput.WriteAsync(line + "\n");
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            using var answer = JsonDocument.Parse(
                (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(s_patience))!);
            Assert.Equal(index, answer.RootElement.GetProperty("index").GetInt32());
        }

        // The last line needs no end.
        await process.StandardInput.WriteAsync("sport");
        process.StandardInput.Close();
        Assert.Contains(
            "\"index\":3", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await Signals.EndedAsync(process);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Many_lines_at_once_are_answered_in_their_order_as_a_files_are()
    {
        using var folder = new TemporaryFolder();
        // A byte order mark, ends of lines as Windows writes them, and a line longer than what is read at once.
        var long1 = string.Join(' ', Enumerable.Repeat("wind", 20000));
        var text = "\uFEFF" + string.Concat(Enumerable.Range(0, 700).Select(i => i == 300 ? long1 + "\r\n" : $"rain number {i}\r\n"));
        File.WriteAllText(folder.File("texts.txt"), text);
        var file = await Tool.DoneAsync("classify", made.Bundle, "--file", folder.File("texts.txt"), "--json");

        using var process = Tool.Start("classify", made.Bundle, "-", "--json");
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        await Signals.EndedAsync(process);
        Assert.True(process.ExitCode == 0, await error);
        Assert.Equal(700, file.Output.Trim().Split('\n').Length);
        Assert.Equal(file.Output, await output);
    }

    [Fact]
    public async Task A_line_that_is_no_UTF8_is_named_and_those_before_and_after_it_are_answered()
    {
        using var process = Tool.Start("classify", made.Bundle, "-");
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.StandardInput.BaseStream.WriteAsync(
            (byte[])[.. "rain\nwind\ncaf"u8, 0xE9, .. "\nrain\n"u8], TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await Signals.EndedAsync(process);

        Assert.Equal(2, process.ExitCode);
        Assert.Equal(3, (await output).Trim().Split('\n').Length);
        Assert.Contains("error: standard input line 3: is not valid UTF-8; ", await error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tab_is_a_blank_where_a_sample_is_one_text()
    {
        var result = await Tool.DoneAsync("classify", made.Bundle, "rain and wind\ttomorrow", "rain and wind tomorrow");
        var lines = result.Output.Trim().Split('\n');
        Assert.Equal(lines[1], lines[0]);
    }

    [Fact]
    public async Task A_bundle_of_pairs_takes_no_single_texts_neither_here_nor_on_a_tier()
    {
        using var folder = new TemporaryFolder();
        var (run, plan, bundle) = (folder.File("run"), folder.File("plan.json"), folder.File("bundle"));
        File.WriteAllText(folder.File("pairs.tsv"), "text\tother\tlabel\n"
            + string.Concat(Enumerable.Range(0, 80).Select(i => $"rain {i}\t{(i % 2 == 0 ? "wind" : "match")} {i}\t{i % 2}\n")));
        await Tool.DoneAsync(
            "train", "--data", folder.File("pairs.tsv"), "--pair-column", "other", "--backbone",
            MadeCheckpoint.Write(folder.File("encoder")), "--exits", "1,2,3", "--epochs", "1", "--threads", "1", "--out", run);
        await Tool.DoneAsync("plan", run, "--policy", "mobile", "--max-drop", "1", "--out", plan);
        await Tool.DoneAsync("export", run, "--plan", plan, "--out", bundle);
        File.WriteAllText(folder.File("texts.txt"), "rain\twind\nrain\n");

        const string Sentence = ": has no tab, and this bundle takes pairs; write TEXT, a tab and the second TEXT.";
        await Tool.RefusedAsync(folder.Path, ["classify", bundle, "rain\twind", "rain"], "TEXT 2" + Sentence);
        await Tool.RefusedAsync(
            folder.Path, ["classify", bundle, "--file", folder.File("texts.txt")], $"--file {folder.File("texts.txt")} line 2{Sentence}");
        await Tool.DoneAsync("classify", bundle, "rain\twind", "rain\t");

        await using var tier = await ServedTier.StartAsync(bundle, "mobile");
        using var http = new HttpClient { BaseAddress = tier.Http };
        var request = new StringContent("""{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["rain"]}]}""");
        var answer = await http.PostAsync("v2/models/dimec/infer", request, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "text_pair", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
