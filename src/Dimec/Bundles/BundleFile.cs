namespace Dimec.Bundles;

/// <summary>A file of a bundle, so that a changed one is noticed before it is used.</summary>
/// <param name="Name">The file's name inside the bundle.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
public sealed record BundleFile(string Name, long Size, string Sha256);
