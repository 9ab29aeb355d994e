using System.Text;
using Dimec.Display;
using Spectre.Console;

namespace Dimec.CommandLine.Streams;

/// <summary>The streams of one run of the tool: results go to <see cref="Out"/>, progress and errors to <see cref="Error"/>.</summary>
/// <param name="Out">Raw standard output, for lines that a program reads.</param>
/// <param name="Tables">Standard output for people: tables and headings.</param>
/// <param name="Error">Standard error for people: progress and errors.</param>
/// <param name="In">Standard input, as bytes, read by commands that take <c>-</c>.</param>
public sealed record ToolConsole(TextWriter Out, IAnsiConsole Tables, IAnsiConsole Error, Stream In)
{
    private const string Bold = "1";
    private const string Red = "31";
    private const string Yellow = "33";

    /// <summary>Says what is wrong, as one line.</summary>
    public void WriteError(string sentence) => WriteSentence(Error, $"error: {sentence}", Red);

    /// <summary>Says what the user should know although the command goes on, as one line.</summary>
    public void WriteWarning(string sentence) => WriteSentence(Error, sentence, Yellow);

    /// <summary>A line of the result.</summary>
    public void WriteLine(string sentence) => WriteSentence(Tables, sentence, style: null);

    /// <summary>A line of the result that stands out.</summary>
    public void WriteStrong(string sentence) => WriteSentence(Tables, sentence, Bold);

    /// <summary>A document of JSON, for a program.</summary>
    public void WriteJson(string json) => Out.WriteLine(Printable.Json(json));

    /// <summary>What the user should know about the result, as one line.</summary>
    public void WriteNote(string sentence) => WriteSentence(Tables, sentence, Yellow);

    /// <summary>How far the command is, as one line.</summary>
    public void WriteProgress(string sentence) => WriteSentence(Error, sentence, style: null);

    /// <summary>The next step of a long command.</summary>
    public void WriteStep(string name) => WriteSentence(Error, name, Bold);

    /// <summary>
    /// Not through Spectre.Console, which breaks lines at the window's width even inside a path: a program that reads the stream gets a
    /// line a sentence, and who looks at a terminal gets lines that break between words only. What is quoted in a sentence may be anybody's
    /// text, so nothing in it may steer the terminal or begin a line.
    /// </summary>
    private void WriteSentence(IAnsiConsole console, string sentence, string? style)
    {
        var stream = console.Profile.Out;
        var line = Printable.Line(sentence);
        if (stream.IsTerminal)
            line = Wrap(line, stream.Width);
        var styled = style is not null
            && console.Profile.Capabilities.Ansi && console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;
        // On a terminal the line may stand half drawn that shows how far a step is.
        var start = stream.IsTerminal && console.Profile.Capabilities.Ansi && ReferenceEquals(console, Error) ? "\r\e[K" : "";
        stream.Writer.WriteLine(start + (styled ? $"\e[{style}m{line}\e[0m" : line));
    }

    /// <summary>Breaks a line between words.</summary>
    private static string Wrap(string line, int width)
    {
        var wrapped = new StringBuilder();
        var column = 0;
        foreach (var word in line.Split(' '))
        {
            if (column > 0)
            {
                var fits = column + 1 + word.Length <= width;
                wrapped.Append(fits ? " " : Environment.NewLine);
                column = fits ? column + 1 : 0;
            }

            wrapped.Append(word);
            column += word.Length;
        }

        return wrapped.ToString();
    }

    /// <summary>The console of this process.</summary>
    public static ToolConsole ForProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = new StreamWriter(StandardStreams.Output(), utf8) { AutoFlush = true };
        var error = new StreamWriter(StandardStreams.Error(), utf8) { AutoFlush = true };
        return new ToolConsole(
            output,
            Create(output, Console.IsOutputRedirected),
            Create(error, Console.IsErrorRedirected),
            StandardStreams.Input());
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new ConsoleStream(writer, isTerminal: !redirected),
        Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
        Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
    });
}
