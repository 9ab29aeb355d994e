namespace Dimec.Cartography;

/// <summary>
/// The blocks of all epochs side by side: row r of each block is row r of its epoch. While one set of blocks is looked at, the next is
/// parsed on the other cores, an epoch a task.
/// </summary>
internal sealed class EpochFeed : IDisposable
{
    private readonly DynamicsEpochReader[] _readers;
    private readonly CancellationToken _stop;
    private EpochBlock[] _next;
    private Task<ParallelLoopResult> _filling;

    public EpochFeed(DynamicsEpoch[] epochs, CancellationToken stop)
    {
        (_stop, Epochs, Classes) = (stop, epochs, new ClassCount(epochs[0].Name));
        _readers = new DynamicsEpochReader[epochs.Length];
        try
        {
            for (var e = 0; e < epochs.Length; e++)
                _readers[e] = new DynamicsEpochReader(epochs[e]);
        }
        catch
        {
            DisposeReaders();
            throw;
        }

        Blocks = [.. epochs.Select(_ => new EpochBlock())];
        _next = [.. epochs.Select(_ => new EpochBlock())];
        // The first epoch says how many classes there are, and is read before the others for that.
        Fill(Blocks, 0);
        Parallel.For(1, epochs.Length, e => Fill(Blocks, e));
        _filling = FillNext();
    }

    /// <summary>The epochs, in order.</summary>
    public IReadOnlyList<DynamicsEpoch> Epochs { get; }

    /// <summary>The current block of each epoch.</summary>
    public EpochBlock[] Blocks { get; private set; }

    /// <summary>How many classes there are.</summary>
    public ClassCount Classes { get; }

    /// <summary>Goes on to the next block of every epoch; all current ones must be full.</summary>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public void Advance()
    {
        _stop.ThrowIfCancellationRequested();
        _filling.GetAwaiter().GetResult();
        (Blocks, _next) = (_next, Blocks);
        _filling = FillNext();
    }

    /// <summary>
    /// Every row of an epoch that has not been passed by: the current block's from a row on, and those of all blocks to come.
    /// </summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="row">The row in its current block.</param>
    /// <returns>Blocks with the first row that counts. A block is good until the next one is asked for;
    /// one that ends in a problem is the last.</returns>
    public IEnumerable<(EpochBlock Block, int From)> Rest(int epoch, int row)
    {
        _filling.GetAwaiter().GetResult();
        yield return (Blocks[epoch], row);
        var block = _next[epoch];
        for (var isFull = IsFull(Blocks[epoch]); isFull; Fill(_next, epoch))
        {
            _stop.ThrowIfCancellationRequested();
            yield return (block, 0);
            isFull = IsFull(block);
        }
    }

    public InputException Problem(int epoch, int line, string problem, string fix) => _readers[epoch].ProblemAt(line, problem, fix);

    public void Dispose()
    {
        // The task throws nothing: what is wrong with a row waits in its block.
        _filling.Wait();
        DisposeReaders();
    }

    private static bool IsFull(EpochBlock block) => block.Count == EpochBlock.Capacity;

    private Task<ParallelLoopResult> FillNext() => Task.Run(() => Parallel.For(0, _readers.Length, e =>
    {
        // An epoch that ended is not read again: it would only say once more that it is at its end.
        if (IsFull(Blocks[e]))
            Fill(_next, e);
    }));

    private void Fill(EpochBlock[] blocks, int epoch) => blocks[epoch].Fill(_readers[epoch], Classes);

    private void DisposeReaders()
    {
        foreach (var reader in _readers)
            reader?.Dispose();
    }
}
