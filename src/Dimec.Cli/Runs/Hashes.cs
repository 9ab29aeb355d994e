using System.Security.Cryptography;

namespace Dimec.Cli.Runs;

/// <summary>SHA-256 of the files that a plan is made from.</summary>
internal static class Hashes
{
    /// <summary>Lower-case hexadecimal SHA-256 of a file's bytes.</summary>
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Of(stream);
    }

    /// <summary>Lower-case hexadecimal SHA-256 of the rest of a stream.</summary>
    public static string Of(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));
}
