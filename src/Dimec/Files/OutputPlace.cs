namespace Dimec.Files;

/// <summary>
/// Where something is written: what the user named, with every link followed, so that links stay and what they lead to is written. What
/// stands there already is the user's to move, not a fault of the machine.
/// </summary>
internal sealed class OutputPlace
{
    private readonly NewFolders _new;

    private OutputPlace(string where, string target, FileKind kind)
    {
        Where = where;
        Target = target;
        Kind = kind;
        Parent = Path.GetDirectoryName(target) ?? throw new InputException(where, "is the root of everything", "name something in it");
        for (var above = Parent; above is not null; above = Path.GetDirectoryName(above))
        {
            if (FileKinds.Of(above) is var other and not (FileKind.Folder or FileKind.Nothing))
            {
                throw new InputException(
                    where, $"cannot be written: {above} is {FileKinds.Describe(other)} and no folder", "name another place");
            }
        }

        _new = new NewFolders(Parent);
    }

    /// <summary>What an error calls it.</summary>
    public string Where { get; }

    /// <summary>The full path behind all links.</summary>
    public string Target { get; }

    /// <summary>What stands at <see cref="Target"/>.</summary>
    public FileKind Kind { get; }

    /// <summary>The folder that <see cref="Target"/> lies in.</summary>
    public string Parent { get; }

    /// <summary>The last part of <see cref="Target"/>.</summary>
    public string Name => Path.GetFileName(Target);

    /// <summary>The place of a file.</summary>
    /// <param name="path">The path as the user gave it.</param>
    /// <param name="where">What an error calls it; null: the path.</param>
    /// <exception cref="InputException">Something other than a file stands there, or no file can.</exception>
    public static OutputPlace ForFile(string path, string? where = null)
    {
        where ??= path;
        var full = Full(path, where, "name a file");
        if (Path.EndsInDirectorySeparator(path) && FileKinds.Of(path) != FileKind.Folder)
            throw new InputException(where, "ends as a folder's name does, where a file is to be written", "name a file");
        var target = LinkedPath.Follow(full, where);
        return FileKinds.Of(target) switch
        {
            FileKind.Folder => throw new InputException(where, "is a folder, where a file is to be written", "name a file"),
            FileKind.File or FileKind.Nothing => new OutputPlace(where, target, FileKinds.Of(target)),
            var other =>
                throw new InputException(where, $"is {FileKinds.Describe(other)}, which no file may take the place of", "name a file"),
        };
    }

    /// <summary>The place of a folder.</summary>
    /// <param name="path">The path as the user gave it.</param>
    /// <param name="where">What an error calls it; null: the path.</param>
    /// <exception cref="InputException">Something other than a folder stands there, or no folder can.</exception>
    public static OutputPlace ForFolder(string path, string? where = null)
    {
        where ??= path;
        var target = LinkedPath.Follow(Full(path, where, "name a folder"), where);
        var kind = FileKinds.Of(target);
        return kind is FileKind.Folder or FileKind.Nothing
            ? new OutputPlace(where, target, kind)
            : throw new InputException(where, $"is {FileKinds.Describe(kind)}, where a folder is to be written", "name a folder");
    }

    /// <summary>Makes <see cref="Parent"/> where it is absent.</summary>
    public void MakeParent() => Directory.CreateDirectory(Parent);

    /// <summary>Removes the folders above that were made for it and are empty.</summary>
    public void Undo() => _new.RemoveEmpty();

    private static string Full(string path, string where, string fix)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (string.IsNullOrWhiteSpace(path))
            throw new InputException(where.Trim().Length == 0 ? "the output's name" : where, "is empty", fix);
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new InputException(where.Replace('\0', '?'), "holds a NUL character, which no file's name can", fix);
        try
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                where, "is meant from the current folder, which is gone", "change to a folder that exists, or give a full path");
        }
    }
}
