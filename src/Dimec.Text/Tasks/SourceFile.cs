using Dimec.Files;

namespace Dimec.Text.Tasks;

/// <summary>A file's bytes and their hash.</summary>
internal sealed class SourceFile
{
    private SourceFile(string path, byte[] bytes)
    {
        Path = path;
        Bytes = bytes;
        Sha256 = FileHash.Of(bytes);
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    public byte[] Bytes { get; }

    public string Sha256 { get; }

    /// <exception cref="InputException">There is no such file, it is a folder or a pipe, or it cannot be read.</exception>
    public static SourceFile Read(string path) => new(path, InputFile.ReadAllBytes(path));
}
