using System.CommandLine;
using System.Text.Json;
using Dimec.Cli.Output;
using Dimec.Export.Targets;

namespace Dimec.Cli.Commands;

/// <summary><c>dimec export BUNDLE --target</c>: what another engine, or a cluster, serves a bundle from.</summary>
/// <param name="options">The options of a target.</param>
/// <param name="console">Where the files' names go.</param>
internal sealed class TargetCall(TargetOptions options, ToolConsole console)
{
    public int Run(ParseResult parsed, string bundle, string output, bool json, InputErrors errors, CancellationToken stop)
    {
        var target = options.Target(parsed, errors);
        var settings = options.Settings(parsed, errors);
        errors.ThrowIfAny();
        var files = TargetWriter.Write(bundle, target!, output, settings, stop);
        if (json)
        {
            console.WriteJson(JsonSerializer.Serialize(files));
            return ExitCodes.Done;
        }

        var table = FigureTable.Of("file");
        foreach (var file in files)
            table.Add(file);
        console.Tables.Write(table);
        console.WriteLine($"This is {target!.Purpose}; docs/engines.md says how it is served.");
        return ExitCodes.Done;
    }
}
