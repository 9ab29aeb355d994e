using System.Text;
using Spectre.Console;

namespace Dimec.CommandLine.Streams;

/// <summary>
/// A standard stream as Spectre.Console sees it. Its own class takes a writer for a terminal only where it is <see cref="Console.Out"/>
/// itself, and so would never redraw a line on ours.
/// </summary>
/// <param name="writer">Writes to the stream.</param>
/// <param name="isTerminal">Whether somebody looks at it.</param>
internal sealed class ConsoleStream(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
{
    // A file has no window that a table would have to fit into.
    private const int NoWindow = 1000;

    private readonly AnsiConsoleOutput _window = new(writer);

    public TextWriter Writer => writer;

    public bool IsTerminal => isTerminal;

    public int Width => isTerminal ? _window.Width : NoWindow;

    public int Height => _window.Height;

    public void SetEncoding(Encoding encoding) => _window.SetEncoding(encoding);
}
