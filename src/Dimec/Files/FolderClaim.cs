namespace Dimec.Files;

/// <summary>Keeps a folder that one process writes from all others.</summary>
public sealed class FolderClaim : IDisposable
{
    private const string Lock = ".lock";

    private readonly string _folder;
    private readonly NewFolders _new;
    private readonly FileStream _lock;

    private FolderClaim(string folder, NewFolders made, FileStream held) => (_folder, _new, _lock) = (folder, made, held);

    /// <summary>Refuses a folder that holds something else: it must be new, empty but for hidden files, or hold what marks it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="marker">The path of the file that marks it as one to go on with.</param>
    /// <param name="what">What is resumed there, e.g. <c>run</c>.</param>
    /// <param name="errors">Gets the refusal.</param>
    public static void CheckUse(string path, string marker, string what, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (errors.Try(() => OutputPlace.ForFolder(path, Where(path))) is not { Kind: FileKind.Folder } place || File.Exists(marker))
            return;
        try
        {
            if (AtomicFolder.Entries(place.Target).Any(name => !name.StartsWith('.')))
            {
                errors.Add(
                    Where(path), $"is not empty and holds no {Path.GetFileName(marker)}",
                    $"name a new folder, or that of a {what} to resume");
            }
        }
        catch (UnauthorizedAccessException)
        {
            errors.Add(Where(path), "cannot be read: permission is denied", "let this user read it, or name another folder");
        }
    }

    /// <summary>
    /// Creates the folder and keeps other processes out of it until the result is disposed or this process ends, however it does.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="where">What an error calls it; null: as <see cref="CallArgument.Folder"/>.</param>
    /// <returns>The claim. A folder that was made for it and is still empty at its end is removed.</returns>
    /// <exception cref="InputException">It cannot be created or written to, or another process is writing to it.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public static FolderClaim Take(string path, string? where = null)
    {
        where ??= Where(path);
        var place = OutputPlace.ForFolder(path, where);
        var made = new NewFolders(place.Target);
        var file = Path.Combine(place.Target, Lock);
        // A pipe would wait for its reader.
        if (FileKinds.Of(file) is not (FileKind.Nothing or FileKind.File) and var kind)
            throw new InputException(file, $"is {FileKinds.Describe(kind)}, where a file keeps other processes out", "remove it");
        try
        {
            Directory.CreateDirectory(place.Target);
            return new FolderClaim(place.Target, made, new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
        }
        catch (IOException held) when (WriteFailure.IsHeld(held))
        {
            throw new InputException(where, "is being written by another process", "wait for it to end, or name another folder");
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            made.RemoveEmpty();
            throw WriteFailure.Of(where, failed);
        }
    }

    /// <summary>Lets others in.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        if (!_new.Includes(_folder)
            || !Directory.Exists(_folder) || Directory.EnumerateFileSystemEntries(_folder).Any(entry => Path.GetFileName(entry) != Lock))
        {
            return;
        }

        File.Delete(Path.Combine(_folder, Lock));
        _new.RemoveEmpty();
    }

    private static string Where(string path) => $"{OptionNames.Of(CallArgument.Folder)} {path}";
}
