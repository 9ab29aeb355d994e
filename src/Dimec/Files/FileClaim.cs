namespace Dimec.Files;

/// <summary>Keeps a file that one process goes on writing from all others; who only reads it is not kept out.</summary>
internal sealed class FileClaim : IDisposable
{
    private readonly string _path;
    private readonly bool _made;
    private readonly FileStream _lock;

    private FileClaim(string path, bool made, FileStream held) => (_path, _made, _lock) = (path, made, held);

    /// <summary>
    /// Claims a file until the result is disposed or this process ends, however it does. A hidden file beside it is locked, and stays.
    /// </summary>
    /// <param name="place">The file's place; its folder exists.</param>
    /// <exception cref="InputException">Another process has it, or nothing can be written there.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public static FileClaim Take(OutputPlace place)
    {
        var path = Path.Combine(place.Parent, $".{place.Name}.lock");
        // A pipe would wait for its reader.
        var kind = FileKinds.Of(path);
        if (kind is not (FileKind.Nothing or FileKind.File))
            throw new InputException(path, $"is {FileKinds.Describe(kind)}, where a file keeps other processes out", "remove it");
        try
        {
            return new FileClaim(
                path, kind == FileKind.Nothing, new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
        }
        catch (IOException held) when (WriteFailure.IsHeld(held))
        {
            throw new InputException(place.Where, "is being written by another process", "name another file, or end that process");
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            throw WriteFailure.Of(place.Where, failed);
        }
    }

    /// <summary>Lets others in and leaves no trace, where nothing came of it.</summary>
    public void Undo()
    {
        Dispose();
        if (_made)
            File.Delete(_path);
    }

    /// <summary>Lets others in.</summary>
    public void Dispose() => _lock.Dispose();
}
