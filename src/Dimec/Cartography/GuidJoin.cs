namespace Dimec.Cartography;

/// <summary>Joins by guid what a lock-step left over: the first epoch's remaining rows give the order, later epochs are looked up in it.</summary>
internal sealed class GuidJoin
{
    private readonly LockStepReader _rows;
    private readonly List<SampleGuid> _guids = [];
    private readonly List<int> _gold = [];
    private readonly Dictionary<SampleGuid, int> _indexOf = [];
    private readonly EpochOutcome[] _outcomes;
    private readonly int _epochs;

    public GuidJoin(LockStepReader rows)
    {
        (_rows, _epochs) = (rows, rows.Readers.Count);
        var first = ReadFirst(rows.Readers[0]);
        _outcomes = new EpochOutcome[Count * _epochs];
        for (var i = 0; i < Count; i++)
            _outcomes[i * _epochs] = first[i];
        for (var e = 1; e < _epochs; e++)
            ReadLater(rows.Readers[e], e);
    }

    public int Count => _guids.Count;

    public SampleGuid Guid(int i) => _guids[i];

    public ReadOnlySpan<EpochOutcome> Outcomes(int i) => _outcomes.AsSpan(i * _epochs, _epochs);

    private List<EpochOutcome> ReadFirst(DynamicsEpochReader reader)
    {
        var outcomes = new List<EpochOutcome>();
        while (reader.TryRead())
        {
            _rows.CheckClasses(reader);
            var guid = reader.Row.Guid;
            if (_rows.Seen.Contains(reader.Row) || !_indexOf.TryAdd(guid, Count))
                throw LockStepReader.Twice(reader);
            _guids.Add(guid);
            _gold.Add(reader.Row.Gold!.Value);
            outcomes.Add(reader.Outcome);
        }

        return outcomes;
    }

    private void ReadLater(DynamicsEpochReader reader, int epoch)
    {
        var there = new bool[Count];
        var rows = 0;
        while (reader.TryRead())
        {
            if (!_indexOf.TryGetValue(reader.Row.Guid, out var index))
                throw _rows.Extra(reader);
            if (there[index])
                throw LockStepReader.Twice(reader);
            (there[index], rows) = (true, rows + 1);
            _outcomes[(index * _epochs) + epoch] = _rows.Compare(reader, _gold[index]);
        }

        if (rows < Count)
        {
            var missing = _guids[Array.IndexOf(there, false)];
            throw new InputException(reader.Name, $"guid '{missing}' is missing (first of {Count - rows})", $"record the same samples in every epoch as in {_rows.Readers[0].Name}");
        }
    }
}
