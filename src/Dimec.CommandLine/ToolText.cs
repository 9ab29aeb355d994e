namespace Dimec.CommandLine;

/// <summary>What a tool says of itself.</summary>
/// <param name="Name">The command that starts it, e.g. <c>dimec</c>.</param>
/// <param name="Hint">Where help is found, after a call that is wrong.</param>
/// <param name="Stopped">What holds once it was interrupted.</param>
public sealed record ToolText(string Name, string Hint, string Stopped);
