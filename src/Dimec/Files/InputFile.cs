namespace Dimec.Files;

/// <summary>
/// Opens files that the user named. What cannot be read as a file is a sentence: a pipe would block for ever, a device never end.
/// </summary>
public static class InputFile
{
    private const int MostAttempts = 50;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file, as the user gave it; links are followed.</param>
    /// <param name="bufferSize">The stream's buffer in bytes; 0 or 1 for none.</param>
    /// <param name="options">How it is read.</param>
    /// <exception cref="InputException">It does not exist, is no regular file, or may not be read.</exception>
    public static FileStream OpenRead(string path, int bufferSize = 4096, FileOptions options = FileOptions.None)
    {
        ArgumentNullException.ThrowIfNull(path);
        RefuseOthers(path);
        try
        {
            return OpenFree(path, bufferSize, options);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException(path, "cannot be read: permission is denied", "let this user read it and open its folders");
        }
        catch (IOException exception)
        {
            throw new InputException(path, $"cannot be read ({exception.Message.TrimEnd('.')})", "check the path and the disk");
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file, as the user gave it; links are followed.</param>
    /// <exception cref="InputException">It does not exist, is no regular file, may not be read, or has more than 2 GiB.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        using var stream = OpenRead(path, bufferSize: 0, FileOptions.SequentialScan);
        if (stream.Length > Array.MaxLength)
            throw new InputException(path, $"has {stream.Length} bytes, more than the {Array.MaxLength} that are read at once", "split it");
        var bytes = new byte[stream.Length];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>What <see cref="AtomicFile"/> has just put in place is whole, and locked until its writer has let go of it.</summary>
    private static FileStream OpenFree(string path, int bufferSize, FileOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize, options);
            }
            catch (IOException held) when (WriteFailure.IsHeld(held) && attempt < MostAttempts)
            {
                Thread.Sleep(s_pause);
            }
        }
    }

    private static void RefuseOthers(string path)
    {
        if (path.Length == 0)
            throw new InputException("a file's name", "is empty", "name a file");
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException(
                path.Replace('\0', '?'), "holds a NUL character, which no file's name can", "name the file without it");
        }

        var kind = FileKinds.Of(path);
        if (kind == FileKind.Folder)
            throw new InputException(path, "is a folder, not a file", "name the file in it");
        if (kind is FileKind.Pipe or FileKind.Device or FileKind.Socket)
            throw new InputException(path, $"is {FileKinds.Describe(kind)}, not a file", "write what it gives into a file, and name that");
    }

    private static InputException Missing(string path) => FileKinds.Of(path, followLinks: false) == FileKind.Link
        ? new InputException(
            path, $"is a link to {new FileInfo(path).LinkTarget}, which does not exist", "mend the link, or name another file")
        : new InputException(path, "does not exist", "check the path");
}
