using System.Security.Cryptography;

namespace Dimec.Text.Tasks;

/// <summary>A file's bytes and their hash.</summary>
internal sealed class SourceFile
{
    private SourceFile(string path, byte[] bytes)
    {
        Path = path;
        Bytes = bytes;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    public byte[] Bytes { get; }

    public string Sha256 { get; }

    public static SourceFile Read(string path)
    {
        try
        {
            return new SourceFile(path, File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(path, "does not exist", "check the path");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(path))
                throw new InputException(path, "is a folder, not a file", "name the file in it");
            throw new InputException(path, $"cannot be read ({exception.Message.TrimEnd('.')})", "check the file and its permissions");
        }
    }
}
