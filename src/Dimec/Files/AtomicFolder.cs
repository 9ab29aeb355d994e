namespace Dimec.Files;

/// <summary>Writes a whole folder so that it is there complete or not at all.</summary>
public static class AtomicFolder
{
    /// <summary>Fills a temporary folder beside <paramref name="path"/> and renames it into place.</summary>
    /// <param name="path">The folder to write; an existing one is replaced as a whole.</param>
    /// <param name="fill">Gets the temporary folder's path. When it throws, the old folder stays and the temporary one is removed.</param>
    /// <exception cref="InputException">A file stands there, or where a folder above it should be.</exception>
    public static void Write(string path, Action<string> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var hidden = Path.Combine(OutputPlace.ForFolder(full), $".{Path.GetFileName(full)}.{Guid.NewGuid():N}");
        var temporary = hidden + Leftovers.Written;
        Directory.CreateDirectory(temporary);
        try
        {
            fill(temporary);
            Replace(full, temporary, hidden + Leftovers.Replaced);
        }
        catch
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            throw;
        }
    }

    private static void Replace(string full, string temporary, string old)
    {
        var replaces = Directory.Exists(full);
        if (replaces)
            Directory.Move(full, old);
        try
        {
            Directory.Move(temporary, full);
        }
        catch when (replaces)
        {
            Directory.Move(old, full);
            throw;
        }

        if (replaces)
            Directory.Delete(old, recursive: true);
    }
}
