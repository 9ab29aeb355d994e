using System.Buffers;
using System.Text.Json;
using Dimec.Files;
using Dimec.Json;

namespace Dimec.Predictions.Recording;

/// <summary>
/// A predictions file that grows sample by sample, without labels, and is bounded. Where it is full it is halved: a sample stays by its
/// name's hash, and from then on half as many are taken, so that at any time the file is a uniform sample of all that it was offered,
/// whenever it came. For one thread at a time; a process of its own keeps others out of the file, and who reads it is let.
/// </summary>
public sealed class RecordedExitsLog : IDisposable
{
    /// <summary>The fewest samples that a file may be bounded by.</summary>
    public const int LeastLimit = 256;

    /// <summary>The most samples that a file may be bounded by.</summary>
    public const int MostLimit = 1_000_000;

    /// <summary>By how many samples a file is bounded where nobody says it.</summary>
    public const int UsualLimit = 20_000;

    // Of so many samples one in 2³² files has no sample that the next halving would not leave out.
    private const int Telling = 32;

    private readonly OutputPlace _place;
    private readonly FileClaim _claim;
    private readonly RecordedShape _shape;
    private readonly int _limit;
    private readonly HashSet<string> _guids;
    private readonly List<int> _halvings;
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 10);
    private readonly Utf8JsonWriter _json;
    private FileStream _stream;

    private RecordedExitsLog(OutputPlace place, FileClaim claim, RecordedShape shape, int limit, LogContent content)
    {
        (_place, _claim, _shape, _limit, CutBytes) = (place, claim, shape, limit, content.CutBytes);
        _guids = [.. content.Guids];
        _halvings = [.. content.Guids.Select(SampleDraw.HalvingsOf)];
        Halvings = _halvings.Count < Telling ? 0 : _halvings.Min();
        _json = new Utf8JsonWriter(_buffer);
        _stream = OpenStream();
        if (CutBytes > 0)
            _stream.SetLength(_stream.Length - CutBytes);
        _stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>The number of samples in the file, at most the limit.</summary>
    public int Count => _halvings.Count;

    /// <summary>How often the file was halved: of what is offered, the share 2^−halvings is taken.</summary>
    public int Halvings { get; private set; }

    /// <summary>How many bytes of a last line without an end were left out when the file was opened: its writer had been stopped.</summary>
    public int CutBytes { get; }

    /// <summary>Opens a file to go on with, or begins it.</summary>
    /// <param name="path">The file; links are followed, and its folder is created where it is absent.</param>
    /// <param name="shape">What is recorded.</param>
    /// <param name="limit">The most samples, <see cref="LeastLimit"/> to <see cref="MostLimit"/>; a file with more is halved at once.
    /// </param>
    /// <exception cref="InputException">The file is another bundle's or no such file, another process writes it, or it cannot be written.
    /// </exception>
    /// <exception cref="JobException">The disk is full, or failed.</exception>
    public static RecordedExitsLog Open(string path, RecordedShape shape, int limit)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, LeastLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostLimit);
        var place = OutputPlace.ForFile(path);
        FileClaim? claim = null;
        try
        {
            place.MakeParent();
            claim = FileClaim.Take(place);
            var log = new RecordedExitsLog(place, claim, shape, limit, LogContent.Read(place, shape));
            log.HalveIfFull();
            return log;
        }
        catch (Exception failed)
        {
            claim?.Undo();
            place.Undo();
            if (WriteFailure.Is(failed))
                throw WriteFailure.Of(place.Where, failed);
            throw;
        }
    }

    /// <summary>Whether a sample is one of those that are drawn, so that its exits are worth computing.</summary>
    /// <param name="guid">The sample's name.</param>
    public bool Draws(string guid) => SampleDraw.HalvingsOf(guid) >= Halvings;

    /// <summary>Whether the file has a sample of that name.</summary>
    /// <param name="guid">The sample's name.</param>
    public bool Contains(string guid) => _guids.Contains(guid);

    /// <summary>Adds a sample, as one line that is written at once; where the file is full afterwards, it is halved.</summary>
    /// <param name="guid">The sample's name, which is drawn and not in the file.</param>
    /// <param name="logits">The exits' logits in their order, exits × classes finite values.</param>
    /// <exception cref="ArgumentException">The name is not drawn or in the file, or there are more or fewer logits.</exception>
    /// <exception cref="InputException">The file cannot be written any more.</exception>
    /// <exception cref="JobException">The disk is full, or failed; what was written of the line is taken back where that can be.
    /// </exception>
    public void Add(string guid, ReadOnlySpan<float> logits)
    {
        if (!Draws(guid) || Contains(guid))
            throw new ArgumentException("The sample is not drawn, or was added before.", nameof(guid));
        if (logits.Length != _shape.Exits.Count * _shape.Classes)
            throw new ArgumentException($"{logits.Length} logits where {_shape.Exits.Count} × {_shape.Classes} belong.", nameof(logits));
        Append(guid, logits);
        _guids.Add(guid);
        _halvings.Add(SampleDraw.HalvingsOf(guid));
        HalveIfFull();
    }

    /// <summary>Closes the file and lets other processes write it.</summary>
    public void Dispose()
    {
        _json.Dispose();
        _stream.Dispose();
        _claim.Dispose();
    }

    /// <summary>Without a buffer: a line is there, or not, when the process ends.</summary>
    private FileStream OpenStream() =>
        new(_place.Target, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private void Append(string guid, ReadOnlySpan<float> logits)
    {
        RecordedExitsWriter.Begin(_json, guid, gold: -1);
        foreach (var (place, exit) in _shape.Exits.Index())
            RecordedExitsWriter.WriteLogits(_json, exit, logits.Slice(place * _shape.Classes, _shape.Classes));
        _json.WriteEndObject();
        RecordedExitsWriter.End(_json, _shape.Exported);
        var before = _stream.Position;
        try
        {
            _json.EndLine(_buffer, _stream);
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            TakeBack(before);
            throw WriteFailure.Of(_place.Where, failed);
        }
    }

    private void TakeBack(long length)
    {
        try
        {
            _stream.SetLength(length);
        }
        catch (Exception failed) when (WriteFailure.Is(failed))
        {
            // Whoever opens the file next leaves the cut line out.
        }
    }

    private void HalveIfFull()
    {
        if (Count < _limit)
            return;
        while (_halvings.Count(halvings => halvings >= Halvings) >= _limit)
            Halvings++;
        var kept = _halvings.Select(halvings => halvings >= Halvings).ToArray();
        _stream.Dispose();
        AtomicFile.Write(_place.Target, stream => Copy(kept, stream));
        _stream = OpenStream();
        _stream.Seek(0, SeekOrigin.End);
        _halvings.RemoveAll(halvings => halvings < Halvings);
        _guids.RemoveWhere(guid => SampleDraw.HalvingsOf(guid) < Halvings);
    }

    private void Copy(bool[] kept, Stream to)
    {
        using var lines = new Utf8LineReader(InputFile.OpenRead(_place.Target), _place.Where);
        for (var place = 0; lines.TryRead(out var line); place++)
        {
            if (place >= kept.Length || !kept[place])
                continue;
            to.Write(line);
            to.WriteByte((byte)'\n');
        }
    }
}
