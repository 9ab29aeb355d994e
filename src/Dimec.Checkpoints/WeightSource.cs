namespace Dimec.Checkpoints;

/// <summary>A file that weights were read from.</summary>
/// <param name="Name">Its name without a folder.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record WeightSource(string Name, long Size, string Sha256);
