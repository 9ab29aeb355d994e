using Dimec.Testing;

namespace Dimec.Fuzzing.Files;

/// <summary>A file that is written anew for each input, for readers of paths.</summary>
internal sealed class OneFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>Writes the file and gives its path.</summary>
    public string With(byte[] content, string name = "file")
    {
        var path = _folder.File(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => _folder.Dispose();
}
