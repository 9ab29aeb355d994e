using System.Numerics;
using System.Runtime.ExceptionServices;

namespace Dimec.Cartography;

/// <summary>
/// Joins by guid what a lock-step left over, of any size: the rows of all epochs are spilled into scratch streams by their guids' hashes,
/// each part is joined on its own, and the parts' results, each in the order of the first epoch, are merged back into it.
/// </summary>
internal sealed class GuidJoin : IDisposable
{
    /// <summary>How much of the first epoch's file a part takes: with ten epochs some 10 MB while it is joined.</summary>
    private const long PartBytes = 4 << 20;
    private const int MostParts = 256;
    private const int ReadBuffer = 1 << 16;

    /// <summary>Each thread holds the table of its part in memory, hence no more of them than these.</summary>
    private const int MostThreads = 4;

    private readonly EpochFeed _feed;
    private readonly LockStepReader _rows;
    private readonly bool _includeCi;
    private readonly Func<Stream> _scratch;
    private readonly JoinProblems _problems;
    private readonly Stream?[] _parts;
    private readonly Stream?[] _joined;

    public GuidJoin(EpochFeed feed, LockStepReader rows, bool includeCi, Func<Stream> scratch)
    {
        (_feed, _rows, _includeCi, _scratch, _problems) = (feed, rows, includeCi, scratch, new JoinProblems(feed));
        using var first = feed.Epochs[0].Open();
        var parts = (uint)Math.Clamp((first.CanSeek ? first.Length : 0) / PartBytes, 1, MostParts);
        _parts = new Stream?[BitOperations.RoundUpToPowerOf2(parts)];
        _joined = new Stream?[_parts.Length];
    }

    /// <summary>Writes the rows that are left, those of the first epoch before all others.</summary>
    public void Spill()
    {
        for (var i = 0; i < _parts.Length; i++)
            _parts[i] = _scratch();
        SpillEpoch(0);
        _problems.ThrowIfAny();
        Each(1, _feed.Epochs.Count, SpillEpoch);
    }

    /// <summary>Joins the parts.</summary>
    public void Join() => Each(0, _parts.Length, part =>
    {
        var join = new JoinPartition(_feed, _rows.Seen, _problems);
        join.Read(new ScratchReader(_parts[part]!, ReadBuffer));
        Release(ref _parts[part]);
        _joined[part] = _scratch();
        join.Write(new ScratchWriter(_joined[part]!), _rows.Index, _includeCi);
    });

    /// <summary>The joined samples in the order of the first epoch.</summary>
    public IEnumerable<SampleDynamics> Merge()
    {
        var heads = new PriorityQueue<(ScratchReader Reader, JoinedRow Row), int>();
        foreach (var stream in _joined.OfType<Stream>())
            Enqueue(heads, new ScratchReader(stream, ReadBuffer));
        while (heads.TryDequeue(out var head, out _))
        {
            yield return head.Row.Sample(head.Reader.Read(head.Row.GuidLength));
            Enqueue(heads, head.Reader);
        }
    }

    public void Dispose()
    {
        for (var i = 0; i < _parts.Length; i++)
            Release(ref _parts[i]);
        for (var i = 0; i < _joined.Length; i++)
            Release(ref _joined[i]);
    }

    private static void Enqueue(PriorityQueue<(ScratchReader Reader, JoinedRow Row), int> heads, ScratchReader reader)
    {
        if (reader.TryRead<JoinedRow>(out var row))
            heads.Enqueue((reader, row), row.Index);
    }

    private static void Release(ref Stream? stream)
    {
        stream?.Dispose();
        stream = null;
    }

    private void Each(int from, int to, Action<int> work)
    {
        try
        {
            Parallel.For(
                from, to, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MostThreads) }, work);
        }
        catch (AggregateException several)
        {
            // A full disk, or a stop: the threads meet the same.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        _problems.ThrowIfAny();
    }

    private void SpillEpoch(int epoch)
    {
        var writers = _parts.Select(part => new ScratchWriter(part!)).ToArray();
        var index = 0;
        foreach (var (block, from) in _feed.Rest(epoch, _rows.RowInBlock))
        {
            for (var row = from; row < block.Count; row++)
            {
                var guid = block.GuidBytes(row);
                var spilled = new SpilledRow(
                    epoch, index++, block.Line(row), block.Gold(row), guid.Length, block.GuidIsNumber(row), block.Outcome(row).Correct);
                // The low bits of the hash number the slots of the hash tables.
                writers[(int)((block.Hash(row) >> 32) & (uint)(writers.Length - 1))].Write(spilled, guid, block.Probabilities(row));
            }

            if (block.Problem is { } problem)
                _problems.Add(epoch, line: 0, problem);
        }

        foreach (var writer in writers)
            writer.Flush();
    }
}
