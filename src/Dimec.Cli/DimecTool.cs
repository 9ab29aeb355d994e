using System.Buffers;
using System.CommandLine;
using System.CommandLine.Invocation;
using Dimec.Cli.Commands;
using Spectre.Console;

namespace Dimec.Cli;

/// <summary>The tool <c>dimec</c>: parses the command line, calls the command, turns what happened into a message and an exit code.</summary>
internal sealed class DimecTool(ToolConsole console, TimeProvider time)
{
    /// <summary>What a shell would not take as it is.</summary>
    private static readonly SearchValues<char> s_special = SearchValues.Create(" \t\"'$&|;<>*?()\\");

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments after the program's name.</param>
    /// <param name="stop">Cancelled by Ctrl-C or SIGTERM.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken stop)
    {
        var context = new CommandContext(console, time, string.Join(' ', args.Prepend("dimec").Select(Quote)));
        var root = new RootCommand("Runs each text on the smallest model that will get it right: mobile, edge or cloud.");
        foreach (var command in CommandList.Create(context))
            root.Add(command);

        var parsed = root.Parse([.. args]);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
                WriteError(error.Message);
            console.Error.MarkupLine("[grey]dimec --help lists the commands, dimec COMMAND --help a command's options.[/]");
            return ExitCodes.BadInput;
        }

        return await InvokeAsync(parsed, stop);
    }

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken stop)
    {
        // The tool has its own signals (StopSignals) and its own way to report what went wrong.
        var invocation = new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error.Profile.Out.Writer,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, stop);
        }
        catch (InputException wrong)
        {
            foreach (var error in wrong.Errors)
                WriteError(error.ToString());
            return ExitCodes.BadInput;
        }
        catch (JobException failed)
        {
            WriteError(failed.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            console.Error.MarkupLine("[yellow]Stopped. The same command goes on from here.[/]");
            return ExitCodes.Interrupted;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            WriteError(problem.Message);
            return ExitCodes.Failed;
        }
    }

    private void WriteError(string message) => console.Error.Write(new Spectre.Console.Text($"error: {message}\n", new Style(Color.Red)));

    private static string Quote(string argument) =>
        argument.Length > 0 && !argument.AsSpan().ContainsAny(s_special) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
