namespace Dimec.Text;

/// <summary>One thing that data was read from, as a run records it.</summary>
/// <param name="Name">A file's path as it was given, or a pack of the SDK, e.g. <c>Microsoft.NETCore.App.Ref</c>.</param>
/// <param name="Version">A file's SHA-256 in lower-case hex, or a pack's version.</param>
public sealed record DataSource(string Name, string Version);
