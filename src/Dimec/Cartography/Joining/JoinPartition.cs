using System.Runtime.InteropServices;

namespace Dimec.Cartography;

/// <summary>
/// Joins the rows of one part of the guids: the first epoch's come first in the stream and give the order,
/// later epochs are looked up in them.
/// </summary>
internal sealed class JoinPartition(EpochFeed feed, GuidHashes seen, JoinProblems problems)
{
    private readonly int _epochs = feed.Epochs.Count;
    private readonly int _classes = feed.Classes.Count;
    private readonly GuidTable _guids = new();
    private readonly List<(int Index, int Gold)> _rows = [];
    private EpochOutcome[] _outcomes = [];
    private bool[] _there = [];
    private long[] _sums = [];

    public void Read(ScratchReader reader)
    {
        while (reader.TryRead<SpilledRow>(out var row))
        {
            var bytes = reader.Read(row.GuidLength + (_classes * sizeof(float)));
            if (row.Epoch == 0)
                Number(row, bytes[..row.GuidLength]);
            Take(row, bytes[..row.GuidLength], MemoryMarshal.Cast<byte, float>(bytes[row.GuidLength..]));
        }

        FindMissing();
    }

    public void Write(ScratchWriter writer, int firstIndex, bool includeCi)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            var metrics = MetricsFormulas.Of(
                _guids.Guid(i), firstIndex + _rows[i].Index, _outcomes.AsSpan(i * _epochs, _epochs), includeCi);
            var sample = SampleDynamics.Of(metrics, _rows[i].Gold, _sums.AsSpan(i * _classes, _classes), _epochs);
            var guid = _guids.Bytes(i);
            writer.Write(JoinedRow.Of(sample, guid.Length), guid, []);
        }

        writer.Flush();
    }

    private void Number(in SpilledRow row, ReadOnlySpan<byte> guid)
    {
        if (seen.Contains(GuidHashes.Of(guid, row.GuidIsNumber)) || !_guids.TryAdd(guid, row.GuidIsNumber))
            Add(row, guid, (line, name) => RowProblems.Twice(feed, 0, line, name));
        else
            _rows.Add((row.Index, row.Gold));
        Reserve();
    }

    /// <summary>Room for the rows, twice as much each time as before.</summary>
    private void Reserve()
    {
        if (_rows.Count * _epochs <= _outcomes.Length)
            return;
        var rows = Math.Max(_rows.Count * 2, 64);
        Array.Resize(ref _outcomes, rows * _epochs);
        Array.Resize(ref _there, rows * _epochs);
        Array.Resize(ref _sums, rows * _classes);
    }

    private void Take(in SpilledRow row, ReadOnlySpan<byte> guid, ReadOnlySpan<float> probabilities)
    {
        var (epoch, gold) = (row.Epoch, row.Gold);
        var id = _guids.Find(guid, row.GuidIsNumber);
        if (id < 0)
        {
            var wasSeen = seen.Contains(GuidHashes.Of(guid, row.GuidIsNumber));
            Add(row, guid, (line, name) => RowProblems.Extra(feed, epoch, line, name, wasSeen));
            return;
        }

        var cell = (id * _epochs) + row.Epoch;
        if (_there[cell])
            Add(row, guid, (line, name) => RowProblems.Twice(feed, epoch, line, name));
        if (row.Gold != _rows[id].Gold)
            Add(row, guid, (line, name) => RowProblems.OtherGold(feed, epoch, line, name, gold, _rows[id].Gold));
        _there[cell] = true;
        _outcomes[cell] = new EpochOutcome(probabilities[_rows[id].Gold], row.Correct);
        SampleDynamics.Add(_sums.AsSpan(id * _classes, _classes), probabilities);
    }

    private void FindMissing()
    {
        for (var e = 1; e < _epochs; e++)
        {
            var (count, first) = (0, 0);
            for (var i = _rows.Count - 1; i >= 0; i--)
            {
                if (!_there[(i * _epochs) + e])
                    (count, first) = (count + 1, i);
            }

            if (count > 0)
                problems.AddMissing(e, count, _rows[first].Index, _guids.Guid(first));
        }
    }

    private void Add(in SpilledRow row, ReadOnlySpan<byte> guid, Func<int, SampleGuid, Exception> problem)
    {
        var (line, name) = (row.Line, Name(row, guid));
        problems.Add(row.Epoch, line, () => problem(line, name));
    }

    private static SampleGuid Name(in SpilledRow row, ReadOnlySpan<byte> guid) =>
        new(System.Text.Encoding.UTF8.GetString(guid), row.GuidIsNumber);
}
