namespace Dimec.Files;

/// <summary>A file for what does not fit into memory, that is gone when it is closed or when the process ends, however that comes.</summary>
public static class ScratchFile
{
    /// <summary>Creates a file, empty, to write, read and position. It has no name where the system lets an open file be removed.</summary>
    /// <param name="folder">The folder that it lies in; it is created where it is absent.</param>
    /// <exception cref="InputException">The folder cannot be made.</exception>
    public static Stream Open(string folder)
    {
        var path = Path.Combine(folder, $".scratch.{Guid.NewGuid():N}{Leftovers.Written}");
        OutputPlace.ForFile(path);
        var options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, options);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return stream;
    }
}
