namespace Dimec.Files;

/// <summary>Writes a whole folder so that it is there complete or not at all.</summary>
public static class AtomicFolder
{
    /// <summary>What a new file system holds at its root.</summary>
    private const string LostAndFound = "lost+found";

    /// <summary>
    /// Fills a temporary folder beside the place and renames it into place. Links are followed and stay. A folder that cannot be replaced
    /// itself (a mount point, one in a folder that may not be written to, the current one) is filled in place.
    /// </summary>
    /// <param name="path">The folder to write; an existing one is replaced as a whole.</param>
    /// <param name="fill">Gets the temporary folder's path. When it throws, the old folder stays and the temporary one is removed.</param>
    /// <param name="last">
    /// The file without which the folder counts as incomplete. Where a folder is filled in place, it is the first that goes and the last
    /// that comes; null: no file is.
    /// </param>
    /// <exception cref="InputException">Something other than a folder stands there, or it cannot be written to.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public static void Write(string path, Action<string> fill, string? last = null)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var place = OutputPlace.ForFolder(path);
        Finish(place, last);
        try
        {
            var inPlace = IsFixed(place);
            using var work = Create(place, ref inPlace);
            FillMade(place, work, fill);
            PutInPlace(place, work, inPlace, last);
        }
        catch
        {
            place.Undo();
            throw;
        }
    }

    /// <summary>Finishes or removes what processes left that were killed while they wrote a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="last">As in <see cref="Write"/>.</param>
    /// <exception cref="InputException">Something other than a folder stands there.</exception>
    public static void Finish(string path, string? last = null) => Finish(OutputPlace.ForFolder(path), last);

    /// <summary>The names of what a folder holds, without what the file system, or a process that was killed, put there.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<string> Entries(string folder) =>
        Directory.EnumerateFileSystemEntries(folder)
            .Select(entry => Path.GetFileName(entry))
            .Where(name => name != LostAndFound && !Leftovers.IsLeftover(name));

    private static void Finish(OutputPlace place, string? last)
    {
        Leftovers.RemoveOf(place.Parent, place.Name, last);
        Leftovers.RemoveOf(place.Target, place.Name, last);
    }

    /// <summary>Whether the folder itself has to stay.</summary>
    private static bool IsFixed(OutputPlace place) => place.Kind == FileKind.Folder
        && (MountPoints.Has(place.Target) || Directory.Exists(Path.Combine(place.Target, LostAndFound)) || HoldsCurrent(place.Target));

    /// <summary>The shell that called stands in it, and would stand in a removed one.</summary>
    private static bool HoldsCurrent(string folder)
    {
        try
        {
            var current = Directory.GetCurrentDirectory();
            return current == folder || current.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static WorkFolder Create(OutputPlace place, ref bool inPlace)
    {
        try
        {
            if (!inPlace)
            {
                place.MakeParent();
                return WorkFolder.Create(place.Parent, place.Target);
            }
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            if (place.Kind != FileKind.Folder)
                throw WriteFailure.Of(place.Where, failed);
            inPlace = true;
        }

        return Inside(place);
    }

    private static WorkFolder Inside(OutputPlace place)
    {
        try
        {
            return WorkFolder.Create(place.Target, place.Target);
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            throw WriteFailure.Of(place.Where, failed);
        }
    }

    private static void FillMade(OutputPlace place, WorkFolder work, Action<string> fill)
    {
        try
        {
            fill(work.Made);
        }
        catch (Exception failed) when (WriteFailure.IsOfWriting(failed))
        {
            throw WriteFailure.Of(place.Where, failed);
        }
    }

    private static void PutInPlace(OutputPlace place, WorkFolder work, bool inPlace, string? last)
    {
        try
        {
            if (inPlace)
            {
                work.Fill(place.Target, last);
            }
            else if (!work.TryReplace(place.Target))
            {
                using var inside = WorkFolder.Create(place.Target, place.Target);
                inside.TakeFrom(work);
                inside.Fill(place.Target, last);
            }
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            throw WriteFailure.Of(place.Where, failed);
        }
    }
}
