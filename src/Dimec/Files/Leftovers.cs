namespace Dimec.Files;

/// <summary>What a process that was killed while it wrote leaves behind under <see cref="AtomicFile"/>'s and <see cref="AtomicFolder"/>'s temporary names.</summary>
public static class Leftovers
{
    /// <summary>Ends the name of what is being written.</summary>
    internal const string Written = ".tmp";

    /// <summary>Ends the name of a folder that is being replaced.</summary>
    internal const string Replaced = ".old";

    private const int UniqueLength = 32;

    /// <summary>Removes leftovers in a folder and all folders in it.</summary>
    /// <param name="folder">The folder. No other process may be writing in it.</param>
    public static void Remove(string folder)
    {
        foreach (var path in Directory.EnumerateDirectories(folder, ".*", SearchOption.AllDirectories).Where(IsLeftover).ToArray())
            Directory.Delete(path, recursive: true);
        foreach (var path in Directory.EnumerateFiles(folder, ".*", SearchOption.AllDirectories).Where(IsLeftover).ToArray())
            File.Delete(path);
    }

    /// <summary>The form is <c>.NAME.UNIQUE.tmp</c>: a user's own hidden file does not have it.</summary>
    private static bool IsLeftover(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return Path.GetExtension(path) is Written or Replaced
            && name.Length > UniqueLength + 1
            && name[^(UniqueLength + 1)] == '.'
            && name[^UniqueLength..].All(char.IsAsciiHexDigitLower);
    }
}
