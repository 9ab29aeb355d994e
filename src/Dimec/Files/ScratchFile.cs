namespace Dimec.Files;

/// <summary>
/// A file for what does not fit into memory, that is gone when it is closed or when the process ends, however that comes.
/// </summary>
public static class ScratchFile
{
    /// <summary>Creates a file, empty, to write, read and position. It has no name where the system lets an open file be removed.</summary>
    /// <param name="folder">The folder that it lies in; it is created where it is absent.</param>
    /// <exception cref="InputException">The folder cannot be made, or not be written to.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public static FileStream Open(string folder) => Create(folder, folder);

    /// <summary>Creates a file; see <see cref="Open"/>.</summary>
    /// <param name="folder">The folder that it lies in.</param>
    /// <param name="where">What an error calls the folder.</param>
    internal static FileStream Create(string folder, string where)
    {
        var place = OutputPlace.ForFile(Path.Combine(folder, Leftovers.NameFor("scratch")), where);
        try
        {
            place.MakeParent();
            var options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
            var stream = new FileStream(place.Target, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, options);
            if (!OperatingSystem.IsWindows())
                File.Delete(place.Target);
            return stream;
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            place.Undo();
            throw WriteFailure.Of(where, failed);
        }
    }
}
