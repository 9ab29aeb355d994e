using System.Security.Cryptography;
using Dimec.Files;

namespace Dimec.Cli.Runs;

/// <summary>SHA-256 of the files that a plan is made from.</summary>
internal static class Hashes
{
    /// <summary>Lower-case hexadecimal SHA-256 of a file's bytes.</summary>
    /// <exception cref="InputException">There is no such file.</exception>
    public static string Of(string path)
    {
        if (!File.Exists(path))
            throw new InputException(path, "does not exist", "put it back, or run the command that wrote it into a new folder");
        using var stream = InputFile.OpenRead(path);
        return Of(stream);
    }

    /// <summary>Lower-case hexadecimal SHA-256 of the rest of a stream.</summary>
    public static string Of(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));
}
