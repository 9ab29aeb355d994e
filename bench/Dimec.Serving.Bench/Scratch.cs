namespace Dimec.Serving.Bench;

/// <summary>A folder for a bundle, gone with this.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dimec-bench-").FullName;

    public string Bundle => Path.Combine(_folder, "bundle");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
