namespace Dimec.Files;

/// <summary>
/// What a process that was killed while it wrote leaves behind under <see cref="AtomicFile"/>'s and <see cref="AtomicFolder"/>'s temporary
/// names. A process that still writes holds a lock on what it writes, which the system takes back however the
/// process ends: it is never disturbed.
/// </summary>
public static class Leftovers
{
    private const string Written = ".tmp";

    /// <summary>Ended the name of a folder that was being replaced, before 0.2.</summary>
    private const string Replaced = ".old";

    private const int UniqueLength = 32;

    /// <summary>A temporary name must fit wherever the name itself does, which is 255 bytes at most, 143 on some.</summary>
    private const int MostNameBytes = 80;

    private static readonly EnumerationOptions s_below = new()
    {
        RecurseSubdirectories = true,
        // Through a link one would come to what lies elsewhere and is not ours, or come round in a circle.
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>Removes leftovers in a folder and all folders in it.</summary>
    /// <param name="folder">The folder.</param>
    public static void Remove(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", s_below)
            .Where(path => IsLeftover(Path.GetFileName(path)))
            .ToArray())
        {
            Discard(path, last: null);
        }
    }

    /// <summary>A temporary name for what is written under a name: <c>.NAME.UNIQUE.tmp</c>.</summary>
    internal static string NameFor(string name) => $".{Shortened(name)}.{Guid.NewGuid():N}{Written}";

    /// <summary>Removes what others left that were killed while they wrote under the same name.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="name">The name.</param>
    /// <param name="last">The file that marks a folder as complete.</param>
    internal static void RemoveOf(string folder, string name, string? last = null)
    {
        var start = $".{Shortened(name)}.";
        try
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(folder).Where(path => IsOf(Path.GetFileName(path), start)).ToArray())
                Discard(path, last);
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            // There is no such folder, or none that may be looked at: whoever writes there finds out.
        }
    }

    /// <summary>The form is <c>.NAME.UNIQUE.tmp</c>: a user's own hidden file does not have it.</summary>
    internal static bool IsLeftover(string name)
    {
        var stem = Path.GetFileNameWithoutExtension(name);
        return name.StartsWith('.')
            && Path.GetExtension(name) is Written or Replaced
            && stem.Length > UniqueLength + 1
            && stem[^(UniqueLength + 1)] == '.'
            && stem[^UniqueLength..].All(char.IsAsciiHexDigitLower);
    }

    private static bool IsOf(string name, string start) =>
        name.StartsWith(start, StringComparison.Ordinal) && name.Length == start.Length + UniqueLength + Written.Length && IsLeftover(name);

    private static void Discard(string path, string? last)
    {
        try
        {
            if (FileKinds.Of(path, followLinks: false) == FileKind.Folder)
                WorkFolder.Discard(path, last);
            else if (FileKinds.Of(path, followLinks: false) == FileKind.File)
                DiscardFile(path);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            // Somebody else's to remove: another process writes it, or removes it just now.
        }
    }

    private static void DiscardFile(string path)
    {
        using (new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
        }

        File.Delete(path);
    }

    private static string Shortened(string name)
    {
        var (bytes, length) = (0, 0);
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostNameBytes)
                break;
            length += rune.Utf16SequenceLength;
        }

        return name[..length];
    }
}
