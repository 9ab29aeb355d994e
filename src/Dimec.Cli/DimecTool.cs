using System.Buffers;
using System.CommandLine;
using Dimec.Cli.Commands;

namespace Dimec.Cli;

/// <summary>The tool <c>dimec</c>, with all of its commands.</summary>
internal sealed class DimecTool(ToolConsole console, TimeProvider time)
{
    private static readonly ToolText s_text = new(
        "dimec",
        "dimec --help lists the commands, dimec COMMAND --help a command's options.",
        "Stopped; nothing is half-written. The same command of train, study, demo or classify --out goes on from here.");

    /// <summary>What a shell would not take as it is.</summary>
    private static readonly SearchValues<char> s_special = SearchValues.Create(" \t\"'$&|;<>*?()\\");

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments after the program's name.</param>
    /// <param name="stop">Cancelled by Ctrl-C or SIGTERM.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken stop)
    {
        OptionNames.Use(OptionFlags.All);
        var context = new CommandContext(console, time, string.Join(' ', args.Prepend(s_text.Name).Select(Quote)));
        var root = new RootCommand("Runs each text on the smallest model that will get it right: mobile, edge or cloud.");
        foreach (var command in CommandList.Create(context))
            root.Add(command);
        return new CommandLineTool(s_text, console).RunAsync(root, args, stop);
    }

    private static string Quote(string argument) =>
        argument.Length > 0 && !argument.AsSpan().ContainsAny(s_special)
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
