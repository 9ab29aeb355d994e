using Spectre.Console;

namespace Dimec.Cli;

/// <summary>The streams of one run of the tool: results go to <see cref="Out"/>, progress and errors to <see cref="Error"/>.</summary>
/// <param name="Out">Raw standard output, for lines that a program reads.</param>
/// <param name="Tables">Standard output for people: tables and headings.</param>
/// <param name="Error">Standard error for people: progress and errors.</param>
/// <param name="In">Standard input, read by commands that take <c>-</c>.</param>
internal sealed record ToolConsole(TextWriter Out, IAnsiConsole Tables, IAnsiConsole Error, TextReader In)
{
    // A table that is redirected to a file has no window to fit into; Spectre.Console would assume 80 columns.
    private const int RedirectedWidth = 160;

    /// <summary>Says what is wrong, as one line.</summary>
    public void WriteError(string sentence) => WriteSentence($"error: {sentence}", "31");

    /// <summary>Says what the user should know although the command goes on, as one line.</summary>
    public void WriteWarning(string sentence) => WriteSentence(sentence, "33");

    /// <summary>
    /// Not through Spectre.Console, which breaks lines at the window's width: a program that reads the stream gets a line a sentence. What is
    /// quoted in a sentence may be anybody's text, so nothing in it may steer the terminal or begin a line.
    /// </summary>
    private void WriteSentence(string sentence, string colour)
    {
        var line = string.Create(sentence.Length, sentence, (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(text[i]) ? ' ' : text[i];
        });
        Error.Profile.Out.Writer.WriteLine(Error.Profile.Capabilities.Ansi ? $"\e[{colour}m{line}\e[0m" : line);
    }

    /// <summary>The console of this process.</summary>
    public static ToolConsole ForProcess()
    {
        var utf8 = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };
        var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
        var input = new StreamReader(Console.OpenStandardInput(), utf8);
        return new ToolConsole(
            output,
            Create(output, Console.IsOutputRedirected),
            Create(error, Console.IsErrorRedirected),
            input);
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
            console.Profile.Width = RedirectedWidth;
        return console;
    }
}
