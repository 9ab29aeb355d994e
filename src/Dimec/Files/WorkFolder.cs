using System.Text;

namespace Dimec.Files;

/// <summary>
/// The hidden folder in which a folder is made before it takes its place, locked as long as its process lives. Beside what is made
/// (<see cref="Made"/>) it takes what is replaced, so that a process that is killed between the two leaves both, and the next one
/// finishes: nothing is lost at any moment.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Lock = ".lock";
    private const int Attempts = 5;

    private readonly string _path;
    private readonly FileStream _lock;

    private WorkFolder(string path, FileStream held) => (_path, _lock) = (path, held);

    /// <summary>The folder to fill.</summary>
    public string Made => MadeIn(_path);

    /// <summary>Creates one.</summary>
    /// <param name="parent">The folder that it lies in.</param>
    /// <param name="target">The folder that is made.</param>
    public static WorkFolder Create(string parent, string target)
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = Path.Combine(parent, Leftovers.NameFor(Path.GetFileName(target)));
            Directory.CreateDirectory(path);
            try
            {
                if (TryTake(path, FileMode.CreateNew) is { } held)
                    return Begin(path, held, target);
            }
            catch (Exception failed) when (WriteFailure.Is(failed) && attempt < Attempts)
            {
                // Another process may have taken it for a leftover in the moment before it was locked.
            }
            catch
            {
                DeleteAll(path);
                throw;
            }

            DeleteAll(path);
        }
    }

    /// <summary>Removes one whose process has ended, once what it had begun to put in place is there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="last">The file that marks the folder that was made as complete, or null.</param>
    public static void Discard(string path, string? last)
    {
        using (var held = TryTake(path, FileMode.OpenOrCreate))
        {
            if (held is null)
                return;
            using (var reader = new StreamReader(held, Encoding.UTF8, leaveOpen: true))
                Settle(path, reader.ReadToEnd(), last);
            foreach (var entry in Directory.GetFileSystemEntries(path).Where(entry => Path.GetFileName(entry) != Lock))
                DeleteAll(entry);
        }

        DeleteAll(path);
    }

    /// <summary>Renames what is made to its place.</summary>
    /// <param name="target">The place.</param>
    /// <returns>False where what stands there cannot be moved away, which then stays.</returns>
    public bool TryReplace(string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(Made, target);
            return true;
        }

        try
        {
            Directory.Move(target, ReplacedIn(_path));
        }
        catch (Exception stays) when (WriteFailure.Is(stays) && Directory.Exists(target))
        {
            return false;
        }

        try
        {
            Directory.Move(Made, target);
        }
        catch
        {
            Directory.Move(ReplacedIn(_path), target);
            throw;
        }

        UnixOwner.Copy(ReplacedIn(_path), target);
        return true;
    }

    /// <summary>
    /// Fills a folder that cannot be replaced itself: what it holds moves in here, the file that marks it as complete first, and what is
    /// made moves there, that file last. In between the folder is known to be incomplete.
    /// </summary>
    /// <param name="target">The folder; this one lies in it.</param>
    /// <param name="last">The file that marks it as complete, or null.</param>
    public void Fill(string target, string? last)
    {
        Directory.CreateDirectory(LeavingIn(_path));
        try
        {
            MoveEntries(target, LeavingIn(_path), last, first: true);
            Directory.Move(LeavingIn(_path), LeftIn(_path));
        }
        catch
        {
            MoveEntries(LeavingIn(_path), target, last, first: false);
            throw;
        }

        try
        {
            MoveEntries(Made, target, last, first: false);
        }
        catch
        {
            MoveEntries(target, Made, last, first: true);
            MoveEntries(LeftIn(_path), target, last, first: false);
            throw;
        }
    }

    /// <summary>Takes over what another one made, also from another disk.</summary>
    public void TakeFrom(WorkFolder other)
    {
        Directory.CreateDirectory(Made);
        MoveEntries(other.Made, Made, marker: null, first: false);
    }

    public void Dispose()
    {
        foreach (var entry in Directory.GetFileSystemEntries(_path).Where(entry => Path.GetFileName(entry) != Lock))
            DeleteAll(entry);
        _lock.Dispose();
        DeleteAll(_path);
    }

    private static WorkFolder Begin(string path, FileStream held, string target)
    {
        try
        {
            held.Write(Encoding.UTF8.GetBytes(target));
            held.Flush();
            Directory.CreateDirectory(MadeIn(path));
            return new WorkFolder(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Finishes what a killed process had begun to put in place.</summary>
    private static void Settle(string path, string target, string? last)
    {
        // Moved away as a whole, and nothing put in its place yet.
        if (Directory.Exists(ReplacedIn(path)) && Directory.Exists(MadeIn(path)) && target.Length > 0 && !Directory.Exists(target))
            Directory.Move(MadeIn(path), target);
        var inside = Path.GetDirectoryName(path)!;
        if (Directory.Exists(LeavingIn(path)))
            MoveEntries(LeavingIn(path), inside, last, first: false);
        if (Directory.Exists(LeftIn(path)) && Directory.Exists(MadeIn(path)))
            MoveEntries(MadeIn(path), inside, last, first: false);
    }

    private static void MoveEntries(string from, string to, string? marker, bool first)
    {
        var entries = AtomicFolder.Entries(from).ToArray();
        foreach (var name in entries.OrderBy(name => (name == marker) != first).ThenBy(name => name, StringComparer.Ordinal))
        {
            var (source, destination) = (Path.Combine(from, name), Path.Combine(to, name));
            if (FileKinds.Of(source, followLinks: false) == FileKind.Folder)
                Directory.Move(source, destination);
            else
                File.Move(source, destination);
        }
    }

    /// <summary>The lock of a folder; null where another process has it.</summary>
    private static FileStream? TryTake(string path, FileMode mode)
    {
        var file = Path.Combine(path, Lock);
        FileStream held;
        try
        {
            held = new FileStream(file, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException other) when (WriteFailure.IsHeld(other))
        {
            return null;
        }

        // Removed between its opening and its locking.
        if (File.Exists(file))
            return held;
        held.Dispose();
        return null;
    }

    private static void DeleteAll(string path)
    {
        var kind = FileKinds.Of(path, followLinks: false);
        if (kind == FileKind.Folder)
            Directory.Delete(path, recursive: true);
        else if (kind != FileKind.Nothing)
            File.Delete(path);
    }

    private static string MadeIn(string path) => Path.Combine(path, "made");

    private static string ReplacedIn(string path) => Path.Combine(path, "replaced");

    private static string LeavingIn(string path) => Path.Combine(path, "leaving");

    private static string LeftIn(string path) => Path.Combine(path, "left");
}
