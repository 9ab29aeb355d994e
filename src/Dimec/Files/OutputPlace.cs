namespace Dimec.Files;

/// <summary>Whether something can be written where the user said: what stands there already is the user's to move, not a fault of the machine.</summary>
internal static class OutputPlace
{
    /// <summary>Makes ready to write a file.</summary>
    /// <returns>Its folder, which exists.</returns>
    /// <exception cref="InputException">A folder stands there, or its folder cannot be made.</exception>
    public static string ForFile(string path)
    {
        if (Directory.Exists(path))
            throw new InputException(path, "is a folder, where a file is to be written", "name a file");
        return ParentOf(Path.GetFullPath(path));
    }

    /// <summary>Makes ready to write a folder.</summary>
    /// <returns>The folder that it lies in, which exists.</returns>
    /// <exception cref="InputException">A file stands there, or the folder that it lies in cannot be made.</exception>
    public static string ForFolder(string path)
    {
        if (File.Exists(path))
            throw new InputException(path, "is a file, where a folder is to be written", "name a folder");
        return ParentOf(path);
    }

    private static string ParentOf(string full)
    {
        var parent = Path.GetDirectoryName(full) ?? throw new InputException(full, "is the root of everything", "name something in it");
        for (var above = parent; above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
                throw new InputException(full, $"cannot be written: {above} is a file and no folder", "name another place");
        }

        Directory.CreateDirectory(parent);
        return parent;
    }
}
