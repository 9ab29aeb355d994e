using System.Runtime.ExceptionServices;
using System.Text;

namespace Dimec.Cartography;

/// <summary>
/// Consecutive rows of one epoch, parsed and kept a column an array, so that several epochs can be parsed at
/// once and no row costs an object.
/// </summary>
internal sealed class EpochBlock
{
    /// <summary>The rows of a full block.</summary>
    public const int Capacity = 1024;

    private readonly int[] _guidEnds = new int[Capacity];
    private readonly bool[] _guidIsNumber = new bool[Capacity];
    private readonly ulong[] _hashes = new ulong[Capacity];
    private readonly int[] _lines = new int[Capacity];
    private readonly int[] _gold = new int[Capacity];
    private readonly bool[] _correct = new bool[Capacity];
    private byte[] _guids = new byte[Capacity * 16];
    private float[] _probabilities = [];
    private int _classes;

    /// <summary>How many rows it holds.</summary>
    public int Count { get; private set; }

    /// <summary>What is wrong with the row after the last; thrown when somebody comes to it.</summary>
    public ExceptionDispatchInfo? Problem { get; private set; }

    /// <summary>Reads rows until the block is full, the file is at its end or a row is malformed.</summary>
    /// <param name="reader">The epoch.</param>
    /// <param name="classes">How many logits each row must have.</param>
    public void Fill(DynamicsEpochReader reader, ClassCount classes)
    {
        (Count, Problem) = (0, null);
        try
        {
            while (Count < Capacity && reader.TryRead())
                Add(reader, classes);
        }
        catch (Exception exception) when (exception is InputException or IOException)
        {
            Problem = ExceptionDispatchInfo.Capture(exception);
        }
    }

    public ReadOnlySpan<byte> GuidBytes(int row)
    {
        var start = row == 0 ? 0 : _guidEnds[row - 1];
        return _guids.AsSpan(start, _guidEnds[row] - start);
    }

    public bool GuidIsNumber(int row) => _guidIsNumber[row];

    public SampleGuid Guid(int row) => new(Encoding.UTF8.GetString(GuidBytes(row)), _guidIsNumber[row]);

    public ulong Hash(int row) => _hashes[row];

    public int Line(int row) => _lines[row];

    public int Gold(int row) => _gold[row];

    /// <summary>The softmax over the classes.</summary>
    public ReadOnlySpan<float> Probabilities(int row) => _probabilities.AsSpan(row * _classes, _classes);

    public EpochOutcome Outcome(int row) => new(_probabilities[(row * _classes) + _gold[row]], _correct[row]);

    public bool HasSameGuid(int row, EpochBlock other) =>
        _hashes[row] == other._hashes[row]
        && _guidIsNumber[row] == other._guidIsNumber[row] && GuidBytes(row).SequenceEqual(other.GuidBytes(row));

    private void Add(DynamicsEpochReader reader, ClassCount classes)
    {
        var row = reader.Row;
        classes.Check(reader);
        if (_classes != classes.Count)
            (_classes, _probabilities) = (classes.Count, new float[Capacity * classes.Count]);
        var start = Count == 0 ? 0 : _guidEnds[Count - 1];
        var end = start + row.GuidBytes.Length;
        if (end > _guids.Length)
            Array.Resize(ref _guids, Math.Max(end, _guids.Length * 2));
        row.GuidBytes.CopyTo(_guids.AsSpan(start));
        (_guidEnds[Count], _guidIsNumber[Count], _hashes[Count]) = (end, row.GuidIsNumber, GuidHashes.Of(row.GuidBytes, row.GuidIsNumber));
        (_lines[Count], _gold[Count]) = (reader.LineNumber, row.Gold!.Value);
        _correct[Count] = row.Outcome(_probabilities.AsSpan(Count * _classes, _classes));
        Count++;
    }
}
