namespace Dimec.CommandLine.Tests.Streams;

public class ToolConsoleTests
{
    private const string Path = "/a/folder/whose/name/is/longer/than/the/window/run/td_metrics.jsonl";

    [Fact]
    public void A_terminal_breaks_a_sentence_between_words_and_never_inside_a_path()
    {
        var screen = new Screen(width: 40);
        screen.Console.WriteLine($"1,321 of 4,000 samples of the last exit are in {Path}.");
        Assert.Equal(["1,321 of 4,000 samples of the last exit", "are in", $"{Path}."], screen.Lines);
    }

    [Fact]
    public void A_pipe_gets_a_line_a_sentence_without_colours()
    {
        var screen = new Screen(width: 40, isTerminal: false, colours: true);
        screen.Console.WriteStrong("A sentence of many more words than would fit into a window of forty columns.");
        screen.Console.WriteNote("A note.");
        screen.Console.WriteError("A mistake.");
        Assert.Equal(["A sentence of many more words than would fit into a window of forty columns.", "A note."], screen.Lines);
        Assert.Equal("error: A mistake.\n", screen.Error);
    }

    [Fact]
    public void Colours_are_shown_where_there_are_any_and_not_wanted_elsewhere()
    {
        var coloured = new Screen(colours: true);
        coloured.Console.WriteNote("A note.");
        Assert.Equal("\e[33mA note.\e[0m\n", coloured.Out);
        var plain = new Screen(colours: false);
        plain.Console.WriteNote("A note.");
        Assert.Equal("A note.\n", plain.Out);
    }

    [Fact]
    public void Results_and_progress_go_to_streams_of_their_own()
    {
        var screen = new Screen();
        screen.Console.WriteLine("result");
        screen.Console.WriteProgress("progress");
        screen.Console.WriteStep("step");
        screen.Console.WriteWarning("warning");
        Assert.Equal("result\n", screen.Out);
        Assert.Equal("progress\nstep\nwarning\n", screen.Error);
    }

    [Fact]
    public void A_quoted_text_can_neither_steer_the_terminal_nor_begin_a_line()
    {
        var screen = new Screen();
        screen.Console.WriteLine("a\u001b[2J\nb");
        Assert.Equal("a [2J b\n", screen.Out);
    }
}
