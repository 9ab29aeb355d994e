namespace Dimec.Files;

/// <summary>Keeps a folder that one process writes from all others.</summary>
public static class FolderClaim
{
    /// <summary>Refuses a folder that holds something else: it must be new, empty but for hidden files, or hold what marks it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="marker">The path of the file that marks it as one to go on with.</param>
    /// <param name="what">What is resumed there, e.g. <c>run</c>.</param>
    /// <param name="errors">Gets the refusal.</param>
    public static void CheckUse(string path, string marker, string what, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (!File.Exists(marker) && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(entry => !Path.GetFileName(entry).StartsWith('.')))
            errors.Add($"--out {path}", $"is not empty and holds no {Path.GetFileName(marker)}", $"name a new folder, or that of a {what} to resume");
    }

    /// <summary>Creates the folder and keeps other processes out of it until the result is disposed or this process ends, however it does.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="InputException">It cannot be created or written to, or another process is writing to it.</exception>
    public static FileStream Take(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--out {path}", "cannot be created as a folder", "name a folder that can be written to");
        }

        try
        {
            return new FileStream(Path.Combine(path, ".lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException($"--out {path}", "cannot be written to", "name a folder that can be written to");
        }
        catch (IOException)
        {
            throw new InputException($"--out {path}", "is being written by another process", "wait for it to end, or name another folder");
        }
    }
}
