namespace Dimec.Reporting;

/// <summary>How the report was made, so that somebody else can make it again.</summary>
/// <param name="Commands">The exact commands, in order.</param>
/// <param name="Settings">Seeds and other settings by name, in the order of the table.</param>
/// <param name="Versions">Versions by name: dimec, .NET, libtorch, ONNX Runtime, the processor.</param>
/// <param name="Files">The files that went in or came out.</param>
public sealed record Provenance(
    IReadOnlyList<string> Commands, IReadOnlyList<KeyValuePair<string, string>> Settings,
    IReadOnlyList<KeyValuePair<string, string>> Versions, IReadOnlyList<ProvenanceFile> Files);
