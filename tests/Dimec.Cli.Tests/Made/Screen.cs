using System.Text;
using Spectre.Console;

namespace Dimec.Cli.Tests.Made;

/// <summary>A window that a test looks at: standard output and standard error apart.</summary>
internal sealed class Screen
{
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    /// <summary>Opens a window.</summary>
    /// <param name="width">Its columns.</param>
    /// <param name="isTerminal">Whether somebody looks at it; else a file or a pipe.</param>
    /// <param name="colours">Whether it shows colours.</param>
    /// <param name="input">Standard input; null for an empty one.</param>
    public Screen(int width = 80, bool isTerminal = true, bool colours = false, Stream? input = null) =>
        Console = new ToolConsole(
            _out, Create(_out, width, isTerminal, colours), Create(_error, width, isTerminal, colours), input ?? Stream.Null);

    public ToolConsole Console { get; }

    /// <summary>What stands on standard output.</summary>
    public string Out => _out.ToString();

    /// <summary>What stands on standard error.</summary>
    public string Error => _error.ToString();

    /// <summary>The lines of standard output, without the spaces at their ends.</summary>
    public string[] Lines => [.. Out.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];

    /// <summary>Runs one command of the tool in this window.</summary>
    public Task<int> RunAsync(params string[] arguments) => RunAsync(arguments, TestContext.Current.CancellationToken);

    /// <summary>Runs one command of the tool in this window, until it ends or is stopped.</summary>
    public Task<int> RunAsync(string[] arguments, CancellationToken stop) =>
        new DimecTool(Console, TimeProvider.System).RunAsync(arguments, stop);

    private static IAnsiConsole Create(TextWriter writer, int width, bool isTerminal, bool colours) =>
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new Window(writer, width, isTerminal),
            Ansi = isTerminal && colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });

    private sealed class Window(TextWriter writer, int width, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => width;

        public int Height => 25;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
