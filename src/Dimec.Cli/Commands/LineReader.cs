using System.Text;

namespace Dimec.Cli.Commands;

/// <summary>Reads lines of UTF-8 as they come: what can be read at once is handed on at once, so that a line that is typed need not wait for the next.</summary>
internal static class LineReader
{
    /// <summary>The most lines in a batch.</summary>
    private const int MaxBatch = 256;

    private const byte LineFeed = (byte)'\n';
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines in batches of at least one. They end with \n or \r\n, the last one also with the stream; a byte order mark is no part of the first.</summary>
    /// <param name="stream">The stream; a read waits until there is something.</param>
    /// <param name="where">What an error calls it.</param>
    /// <exception cref="InputException">A line is not valid UTF-8; the lines before it have been handed on.</exception>
    public static IEnumerable<IReadOnlyList<string>> Batches(Stream stream, string where)
    {
        var bytes = new byte[1 << 16];
        var (filled, number) = (0, 0);
        int read;
        do
        {
            if (filled == bytes.Length)
                Array.Resize(ref bytes, 2 * bytes.Length);
            read = stream.Read(bytes, filled, bytes.Length - filled);
            var start = 0;
            // A line may be long: only what is new can hold its end.
            var searched = filled;
            filled += read;
            var batch = new List<string>();
            InputException? wrong = null;
            while (wrong is null && Next(bytes, start, searched, filled, isLast: read == 0) is { } end)
            {
                wrong = Decode(bytes.AsSpan(start..end), where, ++number, batch);
                start = searched = Math.Min(end + 1, filled);
                if (batch.Count == MaxBatch)
                {
                    yield return batch;
                    batch = [];
                }
            }

            if (batch.Count > 0)
                yield return batch;
            if (wrong is not null)
                throw wrong;
            bytes.AsSpan(start..filled).CopyTo(bytes);
            filled -= start;
        }
        while (read > 0);
    }

    /// <summary>Where the line ends that begins at <paramref name="start"/>; null: it is not known yet, or there is none.</summary>
    private static int? Next(byte[] bytes, int start, int searched, int filled, bool isLast)
    {
        var place = bytes.AsSpan(searched..filled).IndexOf(LineFeed);
        return place >= 0 ? searched + place : isLast && filled > start ? filled : null;
    }

    private static InputException? Decode(ReadOnlySpan<byte> line, string where, int number, List<string> batch)
    {
        if (number == 1 && line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            line = line[3..];
        if (line is [.. var text, (byte)'\r'])
            line = text;
        try
        {
            batch.Add(s_utf8.GetString(line));
            return null;
        }
        catch (DecoderFallbackException)
        {
            return new InputException($"{where} line {number}", "is not valid UTF-8", "save or send the text as UTF-8");
        }
    }
}
