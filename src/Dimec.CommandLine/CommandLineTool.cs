using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.Unicode;
using Dimec.CommandLine.Parsing;
using Dimec.Display;
using Spectre.Console;

namespace Dimec.CommandLine;

/// <summary>A tool: parses a command line strictly, calls the command, turns what happened into a message and an exit code.</summary>
/// <param name="text">What it says of itself.</param>
/// <param name="console">Its streams.</param>
public sealed class CommandLineTool(ToolText text, ToolConsole console)
{
    /// <summary>Set, it lets a mistake in the tool show its stack trace.</summary>
    private const string TraceVariable = "DIMEC_TRACE";

    /// <summary>Runs one command line.</summary>
    /// <param name="root">The tool's command, or commands.</param>
    /// <param name="args">The arguments after the program's name.</param>
    /// <param name="stop">Cancelled by Ctrl-C or SIGTERM.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> args, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(root);
        AsWritten(root);
        if (args.FirstOrDefault(IsDamaged) is { } damaged)
        {
            var problem = new InputError($"the argument {damaged}", "is not valid UTF-8", "write it as UTF-8, or put texts into a file");
            console.WriteError(problem.ToString());
            return ExitCodes.BadInput;
        }

        if (args is [['[', ..] first, ..])
        {
            // The parser would take it for a directive that it does not know, and go on with what follows.
            console.WriteError(NoDirective(root, first).ToString());
            return ExitCodes.BadInput;
        }

        // A text may begin with @, which would name a file of arguments, and -hx is no bundle of -h and -x.
        var parsed = root.Parse([.. args], new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (StrictOptions.Joined(parsed.CommandResult.Command, args).ToArray() is { Length: > 0 } joined)
        {
            foreach (var error in joined)
                console.WriteError(error.ToString());
            return ExitCodes.BadInput;
        }

        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
                console.WriteError(error.Message);
            console.Error.MarkupLineInterpolated($"[grey]{text.Hint}[/]");
            return ExitCodes.BadInput;
        }

        // Not for help and the version, which need no folder.
        if (parsed.Action is { } action && action == parsed.CommandResult.Command.Action && CurrentFolderIsGone())
        {
            // Relative paths lead nowhere then, and native libraries end the process.
            console.WriteError(new InputError("the current folder", "is gone", "change to one that exists").ToString());
            return ExitCodes.BadInput;
        }

        return await InvokeAsync(parsed, stop);
    }

    private InputError NoDirective(RootCommand root, string first) => root.Subcommands.Count > 0
        ? new InputError(first, "is no command", $"see {text.Name} --help")
        : new InputError(first, "is not read as a name at the start of a call", $"write ./{first}");

    /// <summary>The runtime puts a mark in place of what it cannot read, and the text would be another one.</summary>
    private static bool IsDamaged(string argument) => argument.Contains('\uFFFD', StringComparison.Ordinal)
        && OperatingSystem.IsLinux() && !Utf8.IsValid(File.ReadAllBytes("/proc/self/cmdline"));

    private static bool CurrentFolderIsGone()
    {
        try
        {
            Directory.GetCurrentDirectory();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>
    /// Leaves no word of a text to mean something else: neither directives such as <c>[suggest]</c>, nor <c>/h</c> for help.
    /// </summary>
    private static void AsWritten(RootCommand root)
    {
        root.Directives.Clear();
        foreach (var help in root.Options.OfType<HelpOption>().ToArray())
            root.Options.Remove(help);
        root.Options.Add(new HelpOption("--help", "-h", "-?"));
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
                console.WriteError(error.ToString());
            return ExitCodes.BadInput;
        }
        catch (JobException failed)
        {
            console.WriteError(failed.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            console.WriteWarning(text.Stopped);
            return ExitCodes.Interrupted;
        }
        catch (OutputClosedException)
        {
            return ExitCodes.OutputClosed;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            console.WriteError(problem.Message);
            return ExitCodes.Failed;
        }
#pragma warning disable CA1031 // The edge of the tool: a mistake of ours is still one sentence for the user, and a trace only for who asks.
        catch (Exception mistake)
#pragma warning restore CA1031
        {
            console.WriteError($"{mistake.GetType().Name}: {mistake.Message} This is a mistake in {text.Name}; "
                + $"please report it with the command. {TraceVariable}=1 shows where it happened.");
            if (Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 })
            {
                console.Error.Profile.Out.Writer.WriteLine(
                    string.Join(Environment.NewLine, mistake.ToString().Split(Environment.NewLine).Select(Printable.Line)));
            }

            return ExitCodes.Failed;
        }
    }
}
