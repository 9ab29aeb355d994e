using System.Globalization;
using System.Text;
using Dimec.Files;

namespace Dimec.Cli.Classify;

/// <summary>
/// Reads lines of UTF-8 as they come: what can be read at once is handed on at once, so that a line that is
/// typed need not wait for the next.
/// </summary>
internal static class LineReader
{
    /// <summary>The longest line in bytes: far beyond what any model reads of a text, and little enough to hold.</summary>
    internal const int MostBytes = 1 << 24;

    /// <summary>The most lines in a batch.</summary>
    private const int MaxBatch = 256;

    private const byte LineFeed = (byte)'\n';
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The lines in batches of at least one. They end with \n or \r\n, the last one also with the stream; a byte order mark is no part of
    /// the first. A line that is too long or not valid UTF-8 says so in its place.
    /// </summary>
    /// <param name="stream">The stream; a read waits until there is something.</param>
    public static IEnumerable<IReadOnlyList<InputLine>> Batches(Stream stream)
    {
        var bytes = new byte[1 << 16];
        var (filled, number, skips) = (0, 0, false);
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
            var batch = new List<InputLine>();
            while (Next(bytes, start, searched, filled, isLast: read == 0) is { } end)
            {
                // The end of a line that was too long is not another one.
                if (!skips)
                    batch.Add(Decode(bytes.AsSpan(start..end), ++number));
                skips = false;
                start = searched = Math.Min(end + 1, filled);
                if (batch.Count == MaxBatch)
                {
                    yield return batch;
                    batch = [];
                }
            }

            if (!skips && filled - start > MostBytes)
            {
                batch.Add(TooLong(++number));
                skips = true;
            }

            if (skips)
                start = filled;
            if (batch.Count > 0)
                yield return batch;
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

    private static InputLine Decode(ReadOnlySpan<byte> line, int number)
    {
        if (line.Length > MostBytes)
            return TooLong(number);
        if (number == 1)
            line = ByteOrderMark.Skip(line);
        if (line is [.. var text, (byte)'\r'])
            line = text;
        try
        {
            return new InputLine(number, s_utf8.GetString(line));
        }
        catch (DecoderFallbackException)
        {
            return new InputLine(number, "", ("is not valid UTF-8", "save or send the text as UTF-8"));
        }
    }

    private static InputLine TooLong(int number) =>
        new(
            number, "",
            (string.Create(CultureInfo.InvariantCulture, $"has more than {MostBytes} bytes"), "shorten it, or send a text a line"));
}
