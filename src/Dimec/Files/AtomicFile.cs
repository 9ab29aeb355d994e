namespace Dimec.Files;

/// <summary>Writes files so that a reader, or a run that was killed, sees the old content or the new one and nothing between.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file under a temporary name in the same folder, flushes it to the disk and renames it.</summary>
    /// <param name="path">The file to write; its folder is created where it is absent.</param>
    /// <param name="write">Writes the content. When it throws, the old file stays and the temporary one is removed.</param>
    /// <exception cref="InputException">A folder stands there, or a file where its folder should be.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = Begin(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes text as UTF-8 without a byte-order mark; see <see cref="Write"/>.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="text">Its content.</param>
    public static void WriteText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    private static string Begin(string path)
    {
        var folder = OutputPlace.ForFile(path);
        return Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{Leftovers.Written}");
    }
}
