using System.Security.Cryptography;

namespace Dimec.Files;

/// <summary>SHA-256 of a file, as records, plans and bundles name it.</summary>
public static class FileHash
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

    /// <summary>Lower-case hexadecimal SHA-256 of bytes, a file's or others that records name so.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Lower-case hexadecimal SHA-256 of the rest of a stream.</summary>
    public static string Of(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));
}
