namespace Dimec.Cartography;

/// <summary>
/// Goes through the rows of all epochs side by side for as long as their guids agree: what a trainer writes that visits its samples in one
/// order, at any size. Stops before the first row in which they do not agree.
/// </summary>
internal sealed class LockStepReader(EpochFeed feed)
{
    private readonly EpochOutcome[] _outcomes = new EpochOutcome[feed.Epochs.Count];
    private readonly long[] _sums = new long[feed.Classes.Count];
    private int _row = -1;

    /// <summary>The guids of all rows read in lock-step.</summary>
    public GuidHashes Seen { get; } = new();

    /// <summary>True where the first epoch ended, and with it all others; false where the rows' orders part.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The row that was read last, from 0; after the end of the lock-step, the first row that is left.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>That row's place in the current blocks.</summary>
    public int RowInBlock => _row;

    public SampleGuid Guid => feed.Blocks[0].Guid(_row);

    public int Gold => feed.Blocks[0].Gold(_row);

    public ReadOnlySpan<EpochOutcome> Outcomes => _outcomes;

    /// <summary>The probabilities of each class, summed over the epochs as <see cref="SampleDynamics"/> wants them.</summary>
    public ReadOnlySpan<long> Sums => _sums;

    public bool TryRead()
    {
        Index++;
        if (++_row == EpochBlock.Capacity)
        {
            feed.Advance();
            _row = 0;
        }

        if (!IsThere(0))
        {
            CheckNoneIsLeft();
            IsAtEnd = true;
            return false;
        }

        var first = feed.Blocks[0];
        for (var e = 1; e < _outcomes.Length; e++)
        {
            if (!IsThere(e) || !feed.Blocks[e].HasSameGuid(_row, first))
                return false;
        }

        CheckNew();
        Array.Clear(_sums);
        for (var e = 0; e < _outcomes.Length; e++)
            Take(e, first.Gold(_row));
        return true;
    }

    private bool IsThere(int epoch)
    {
        var block = feed.Blocks[epoch];
        if (_row < block.Count)
            return true;
        block.Problem?.Throw();
        return false;
    }

    private void Take(int epoch, int gold)
    {
        var block = feed.Blocks[epoch];
        if (block.Gold(_row) != gold)
            throw RowProblems.OtherGold(feed, epoch, block.Line(_row), block.Guid(_row), block.Gold(_row), gold);
        _outcomes[epoch] = block.Outcome(_row);
        SampleDynamics.Add(_sums, block.Probabilities(_row));
    }

    /// <summary>A hash that was seen is most likely the guid itself; the file is read again to be certain, and only then.</summary>
    private void CheckNew()
    {
        var block = feed.Blocks[0];
        if (Seen.Add(block.Hash(_row)))
            return;
        using var again = new DynamicsEpochReader(feed.Epochs[0]);
        while (again.TryRead() && again.LineNumber < block.Line(_row))
        {
            if (again.Row.GuidIsNumber == block.GuidIsNumber(_row) && again.Row.GuidBytes.SequenceEqual(block.GuidBytes(_row)))
                throw RowProblems.Twice(feed, 0, block.Line(_row), block.Guid(_row));
        }
    }

    private void CheckNoneIsLeft()
    {
        for (var e = 1; e < _outcomes.Length; e++)
        {
            if (IsThere(e))
            {
                throw RowProblems.Extra(
                    feed, e, feed.Blocks[e].Line(_row), feed.Blocks[e].Guid(_row), Seen.Contains(feed.Blocks[e].Hash(_row)));
            }
        }
    }
}
