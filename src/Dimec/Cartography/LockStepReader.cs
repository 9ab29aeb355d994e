namespace Dimec.Cartography;

/// <summary>
/// Reads one row of every epoch at a time for as long as their guids agree: what a trainer writes that visits its samples in one
/// order, at any size. Stops before the first row in which they do not agree.
/// </summary>
internal sealed class LockStepReader : IDisposable
{
    private readonly DynamicsEpoch[] _epochs;
    private readonly EpochOutcome[] _outcomes;

    public LockStepReader(DynamicsEpoch[] epochs)
    {
        _epochs = epochs;
        _outcomes = new EpochOutcome[epochs.Length];
        var readers = new List<DynamicsEpochReader>(epochs.Length);
        try
        {
            readers.AddRange(epochs.Select(epoch => new DynamicsEpochReader(epoch)));
        }
        catch
        {
            readers.ForEach(reader => reader.Dispose());
            throw;
        }

        Readers = readers;
    }

    public IReadOnlyList<DynamicsEpochReader> Readers { get; }

    /// <summary>The guids of all rows read in lock-step.</summary>
    public GuidHashes Seen { get; } = new();

    /// <summary>True where the first epoch ended, and with it all others; false where the rows' orders part.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The row that was read last, from 0; after the end of the lock-step, the first row that is left.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>The number of classes, once a row has been read.</summary>
    public int Classes { get; private set; }

    public SampleGuid Guid => Readers[0].Row.Guid;

    public ReadOnlySpan<EpochOutcome> Outcomes => _outcomes;

    public bool TryRead()
    {
        Index++;
        if (!Readers[0].TryRead())
        {
            CheckNoneIsLeft();
            IsAtEnd = true;
            return false;
        }

        CheckClasses(Readers[0]);
        for (var e = 1; e < Readers.Count; e++)
        {
            if (Readers[e].TryRead() && Readers[e].Row.HasSameGuid(Readers[0].Row))
                continue;
            HandBack(e);
            return false;
        }

        CheckNew();
        _outcomes[0] = Readers[0].Outcome;
        for (var e = 1; e < Readers.Count; e++)
            _outcomes[e] = Compare(Readers[e], Readers[0].Row.Gold!.Value);
        return true;
    }

    /// <summary>Checks a row of a later epoch against the first epoch's, and gives its outcome.</summary>
    public EpochOutcome Compare(DynamicsEpochReader reader, int gold)
    {
        CheckClasses(reader);
        if (reader.Row.Gold != gold)
            throw reader.Problem($"guid '{reader.Row.Guid}' has gold {reader.Row.Gold} where {Readers[0].Name} has {gold}", "keep a sample's label the same in all epochs");
        return reader.Outcome;
    }

    public void CheckClasses(DynamicsEpochReader reader)
    {
        var classes = reader.Row.Logits.Count;
        if (Classes == 0)
            Classes = classes;
        if (classes != Classes)
            throw reader.Problem($"guid '{reader.Row.Guid}' has {classes} logits where {Readers[0].Name} begins with {Classes}", "give every row of every epoch one logit a class");
    }

    public static InputException Twice(DynamicsEpochReader reader) =>
        reader.Problem($"guid '{reader.Row.Guid}' comes a second time", "give every sample one row an epoch and a guid of its own");

    public void Dispose()
    {
        foreach (var reader in Readers)
            reader.Dispose();
    }

    /// <summary>The epochs up to the one that differs have already read the row; they give it again to whoever goes on.</summary>
    private void HandBack(int differing)
    {
        for (var e = 0; e < differing; e++)
            Readers[e].Repeat();
        if (!Readers[differing].IsAtEnd)
            Readers[differing].Repeat();
    }

    /// <summary>A hash that was seen is most likely the guid itself; the file is read again to be certain, and only then.</summary>
    private void CheckNew()
    {
        if (Seen.Add(Readers[0].Row))
            return;
        using var again = new DynamicsEpochReader(_epochs[0]);
        while (again.TryRead() && again.LineNumber < Readers[0].LineNumber)
        {
            if (again.Row.HasSameGuid(Readers[0].Row))
                throw Twice(Readers[0]);
        }
    }

    private void CheckNoneIsLeft()
    {
        foreach (var reader in Readers.Skip(1))
        {
            if (reader.TryRead())
                throw Extra(reader);
        }
    }

    /// <summary>A row of a later epoch that the first epoch has no counterpart for.</summary>
    public InputException Extra(DynamicsEpochReader reader) => Seen.Contains(reader.Row)
        ? Twice(reader)
        : reader.Problem($"guid '{reader.Row.Guid}' is not in {Readers[0].Name}", "record the same samples in every epoch");
}
