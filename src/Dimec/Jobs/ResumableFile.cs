using Dimec.Files;

namespace Dimec.Jobs;

/// <summary>
/// A file that is written in many steps by a job that may be stopped at any moment, also by a machine that fails, and goes on with the
/// first step that was not committed. Until it is whole it is <c>NAME.partial</c>, with <c>NAME.partial.json</c> beside it, which says how
/// far it is and what it is made of. For one thread; other processes are kept out.
/// </summary>
public sealed class ResumableFile : IDisposable
{
    private readonly OutputPlace _place;
    private readonly IReadOnlyDictionary<string, string> _origin;
    private readonly string _partial;
    private readonly FileStream _stream;

    private ResumableFile(OutputPlace place, IReadOnlyDictionary<string, string> origin, string partial, FileStream stream)
    {
        (_place, _origin, _partial, _stream) = (place, origin, partial, stream);
        if (!File.Exists(StateFile))
        {
            if (_stream.Length > 0)
                throw new InputException(_partial, "stands where a file grows that is not whole yet", "move it away, or name another file");
            // From the first byte on it is known to be ours.
            Commit(0, Counts);
            return;
        }

        var state = ResumableState.Read(StateFile);
        RequireSame(state.Origin);
        if (state.Bytes > _stream.Length)
            throw Refusal($"is shorter than {StateFile} says");
        _stream.SetLength(state.Bytes);
        _stream.Seek(0, SeekOrigin.End);
        (Steps, Counts) = (state.Steps, state.Counts);
    }

    /// <summary>What is written; what was not committed is gone when the job goes on.</summary>
    public Stream Content => _stream;

    /// <summary>The number of steps that are in it, from the calls before and this one.</summary>
    public long Steps { get; private set; }

    /// <summary>What was counted up to there, as it was committed; empty where nothing was.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; private set; } = new Dictionary<string, long>();

    private string StateFile => _partial + ".json";

    /// <summary>Begins a file, or goes on with what a job that was stopped left of it.</summary>
    /// <param name="path">The file; it is replaced once the new one is whole. Links are followed, and its folder is made.</param>
    /// <param name="origin">What it is made of, such as hashes of its inputs, by what a sentence calls that, none of them empty; a file
    /// that was begun of something else is not gone on with.</param>
    /// <exception cref="InputException">It was begun of something else, another process writes it, or it cannot be written.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public static ResumableFile Open(string path, IReadOnlyDictionary<string, string> origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var place = OutputPlace.ForFile(path);
        FileStream? stream = null;
        try
        {
            place.MakeParent();
            var partial = place.Target + ".partial";
            // Who was stopped just after the file had got its name has left the one without the other.
            if (!File.Exists(partial))
                AtomicFile.Delete(partial + ".json");
            // A pipe would wait for its reader.
            _ = OutputPlace.ForFile(partial);
            // Without a buffer, which would be written, and might fail, when it is closed.
            stream = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return new ResumableFile(place, origin, partial, stream);
        }
        catch (Exception failed)
        {
            stream?.Dispose();
            place.Undo();
            if (failed is IOException held && WriteFailure.IsHeld(held))
                throw new InputException(place.Where, "is being written by another process", "name another file, or end that process");
            if (WriteFailure.Is(failed))
                throw WriteFailure.Of(place.Where, failed);
            throw;
        }
    }

    /// <summary>What was written up to here is on the disk and is not done again.</summary>
    /// <param name="steps">The number of steps, from the file's beginning.</param>
    /// <param name="counts">What is counted beside, to go on with.</param>
    /// <exception cref="InputException">The file cannot be written any more.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public void Commit(long steps, IReadOnlyDictionary<string, long> counts) => Guard(() =>
    {
        _stream.Flush(flushToDisk: true);
        new ResumableState(_origin, steps, _stream.Position, counts).Write(StateFile);
        (Steps, Counts) = (steps, counts);
    });

    /// <summary>All of it is written: it gets its name.</summary>
    /// <exception cref="InputException">It cannot take the place of what stands there.</exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public void Complete() => Guard(() =>
    {
        _stream.Flush(flushToDisk: true);
        // Held until it has its name, so that nobody goes on with it; Windows renames no open file.
        if (OperatingSystem.IsWindows())
            _stream.Dispose();
        File.Move(_partial, _place.Target, overwrite: true);
        _stream.Dispose();
        File.Delete(StateFile);
    });

    /// <summary>Closes it. What was committed stays for who goes on.</summary>
    public void Dispose() => _stream.Dispose();

    private void RequireSame(IReadOnlyDictionary<string, string> begun)
    {
        var other = _origin.Keys.Union(begun.Keys).FirstOrDefault(key =>
            _origin.GetValueOrDefault(key) != begun.GetValueOrDefault(key));
        if (other is not null)
            throw Refusal($"was begun with another {other}");
    }

    private InputException Refusal(string problem) =>
        new(_partial, problem, $"call it as it was begun, or remove both it and {Path.GetFileName(StateFile)} to begin anew");

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            throw WriteFailure.Of(_place.Where, failed);
        }
    }
}
