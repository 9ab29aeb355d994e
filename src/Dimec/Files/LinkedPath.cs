namespace Dimec.Files;

/// <summary>Where a path leads once its links are followed, also where the last of them leads to nothing yet.</summary>
internal static class LinkedPath
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;

    /// <summary>Follows every link in a path.</summary>
    /// <param name="full">A full path.</param>
    /// <param name="where">What an error calls it.</param>
    /// <exception cref="InputException">The links go round in a circle, or lead to what a process has open.</exception>
    public static string Follow(string full, string where)
    {
        var current = Path.GetPathRoot(full)!;
        var rest = new Stack<string>();
        Push(full[current.Length..], rest);
        var links = 0;
        while (rest.TryPop(out var name))
        {
            // Only a link's own target holds dots, and there they are meant where the link lies.
            if (name is ".")
                continue;
            if (name is "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            var next = Path.Combine(current, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }

            if (IsOpenStream(current))
            {
                throw new InputException(
                    where, "is what a process has open, such as its standard output, and no place for a file", "name a file");
            }

            if (++links > MostLinks)
                throw new InputException(where, "leads through links that go round in a circle", "mend the links, or name another place");
            var root = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : "";
            if (root.Length > 0)
                current = root;
            Push(target[root.Length..], rest);
        }

        return current;
    }

    private static void Push(string path, Stack<string> rest)
    {
        foreach (var name in path
            .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            rest.Push(name);
        }
    }

    /// <summary><c>/dev/stdout</c> leads to <c>/proc/self/fd/1</c>, a link that cannot be followed by its text.</summary>
    private static bool IsOpenStream(string folder) =>
        folder.StartsWith("/proc/", StringComparison.Ordinal) && Path.GetFileName(folder) == "fd";
}
