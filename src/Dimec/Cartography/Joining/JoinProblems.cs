using System.Runtime.ExceptionServices;

namespace Dimec.Cartography;

/// <summary>
/// Gathers what the threads of a join find wrong, so that the same mistake is reported on every machine: the first by epoch and line.
/// </summary>
internal sealed class JoinProblems(EpochFeed feed)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, (int Count, int First, SampleGuid Guid)> _missing = [];
    private (int Epoch, int Line, Action Throw)? _first;

    /// <summary>Adds a problem, which is put into words only where it turns out to be the first.</summary>
    public void Add(int epoch, int line, Func<Exception> problem) => Keep(epoch, line, () => throw problem());

    public void Add(int epoch, int line, ExceptionDispatchInfo problem) => Keep(epoch, line, problem.Throw);

    private void Keep(int epoch, int line, Action problem)
    {
        lock (_lock)
        {
            if (_first is not { } first || (epoch, line).CompareTo((first.Epoch, first.Line)) < 0)
                _first = (epoch, line, problem);
        }
    }

    /// <summary>Samples of the first epoch that a later one lacks.</summary>
    public void AddMissing(int epoch, int count, int first, SampleGuid guid)
    {
        lock (_lock)
        {
            var known = _missing.GetValueOrDefault(epoch, (Count: 0, First: int.MaxValue, Guid: guid));
            _missing[epoch] = first < known.First ? (known.Count + count, first, guid) : (known.Count + count, known.First, known.Guid);
        }
    }

    public void ThrowIfAny()
    {
        // What an epoch lacks is known at its end only.
        if (_missing.Count > 0 && _missing.First() is var (epoch, missing))
            Add(epoch, int.MaxValue, () => RowProblems.Missing(feed, epoch, missing.Guid, missing.Count));
        _first?.Throw();
    }
}
