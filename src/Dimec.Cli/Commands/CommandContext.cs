namespace Dimec.Cli.Commands;

/// <summary>What every command gets from the tool.</summary>
/// <param name="Console">Where results and progress go.</param>
/// <param name="Time">The clock.</param>
/// <param name="CommandLine">The command as it was typed, for <c>run.json</c> and the report.</param>
internal sealed record CommandContext(ToolConsole Console, TimeProvider Time, string CommandLine);
