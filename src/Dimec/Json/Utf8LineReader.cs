using System.Buffers;
using Dimec.Files;

namespace Dimec.Json;

/// <summary>
/// Reads a stream line by line as bytes, without a string a line: the files of dynamics run to gigabytes.
/// A byte-order mark and the line ends (LF or CRLF) are left out; a last line without an end counts.
/// </summary>
/// <param name="stream">The file's content; it is disposed with the reader.</param>
/// <param name="where">How errors name the file.</param>
internal sealed class Utf8LineReader(Stream stream, string where) : IDisposable
{
    private const int LongestLine = 1 << 30;
    private const int StartLength = 256;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;
    private bool _ended;
    private bool _begun;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Whether that line was the last and had no end, as where a writer was stopped.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads the next line that holds more than white space. The span is good until the next call.</summary>
    /// <exception cref="InputException">The file is of another kind, compressed for example, or a line has over 1 GiB.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (TryReadAny(out line))
        {
            if (line.ContainsAnyExcept(" \t\r"u8))
                return true;
        }

        return false;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        stream.Dispose();
    }

    private bool TryReadAny(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var index = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (index >= 0)
            {
                line = Take(searched + index, skip: 1);
                return true;
            }

            searched = _end - _start;
            if (_ended)
            {
                line = searched > 0 ? Take(searched, skip: 0) : default;
                return searched > 0;
            }

            Fill();
        }
    }

    private ReadOnlySpan<byte> Take(int length, int skip)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length + skip;
        IsCut = skip == 0;
        if (LineNumber++ == 0)
            line = ByteOrderMark.Skip(line);
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_end >= LongestLine)
                throw new InputException($"{where} line {LineNumber + 1}", "has more than 1 GiB", "write one sample a line");
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = _begun ? stream.Read(_buffer.AsSpan(_end)) : ReadStart();
        _ended = read == 0;
        _end += read;
    }

    private int ReadStart()
    {
        _begun = true;
        var read = stream.ReadAtLeast(_buffer, StartLength, throwOnEndOfStream: false);
        return ForeignContent.Find(_buffer.AsSpan(0, read)) is var (problem, fix) ? throw new InputException(where, problem, fix) : read;
    }
}
