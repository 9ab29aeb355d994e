using Dimec.Files;

namespace Dimec.Inference.Security;

/// <summary>
/// What is read out of files that may be renewed while they are in use. What cannot be read then is not taken, and what was read before
/// goes on.
/// </summary>
/// <typeparam name="T">What is made of them.</typeparam>
internal sealed class FileSource<T>
    where T : class
{
    private readonly IReadOnlyList<string> _paths;
    private readonly Func<IReadOnlyList<byte[]>, T> _read;
    private readonly Lock _lock = new();
    private IReadOnlyList<byte[]> _seen;
    private string? _problem;
    private bool _isSaid;
    private volatile T _current;

    /// <param name="paths">The files.</param>
    /// <param name="read">Makes it of their bytes; throws an <see cref="InputException"/> where they are wrong.</param>
    /// <exception cref="InputException">A file is not there, or wrong.</exception>
    public FileSource(IReadOnlyList<string> paths, Func<IReadOnlyList<byte[]>, T> read)
    {
        (_paths, _read) = (paths, read);
        _seen = Bytes();
        _current = read(_seen);
    }

    /// <summary>What was read last and is right.</summary>
    public T Current => _current;

    /// <summary>Looks whether the files have changed, and takes what is in them.</summary>
    /// <returns>
    /// Whether something else is in use from now on, or why what is there cannot be: said once, and only of what is so at two looks, for
    /// of two files one is renewed before the other.
    /// </returns>
    public (bool IsRenewed, string? Problem) Look()
    {
        lock (_lock)
        {
            try
            {
                var bytes = Bytes();
                var isSame = bytes.Zip(_seen).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
                if (!isSame)
                    (_current, _seen) = (_read(bytes), bytes);
                _problem = null;
                return (!isSame, null);
            }
            catch (InputException wrong)
            {
                return (false, Met(Said(wrong)));
            }
        }
    }

    /// <summary>A problem where it is met the second time.</summary>
    private string? Met(string problem)
    {
        if (problem != _problem)
        {
            (_problem, _isSaid) = (problem, false);
            return null;
        }

        if (_isSaid)
            return null;
        _isSaid = true;
        return problem;
    }

    /// <summary>With the files' names and no more of where they lie: it goes to a log.</summary>
    private string Said(InputException wrong) => _paths.Aggregate(
        string.Join(' ', wrong.Errors),
        (said, path) => said.Replace(path, Path.GetFileName(path), StringComparison.Ordinal));

    private List<byte[]> Bytes() => [.. _paths.Select(InputFile.ReadAllBytes)];
}
