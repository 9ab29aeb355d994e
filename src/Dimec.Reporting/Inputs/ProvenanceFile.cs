namespace Dimec.Reporting;

/// <summary>A file by its content.</summary>
/// <param name="Name">Its path, relative to the run.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">SHA-256 of its content, hexadecimal.</param>
public sealed record ProvenanceFile(string Name, long Size, string Sha256);
