using System.Text.Json;
using System.Text.Unicode;

namespace Dimec.Json;

/// <summary>What the readers of JSON lines share: why a line is malformed, said in words that a user can act on.</summary>
internal static class JsonText
{
    /// <summary>The parser's own reason without the position that it appends (which counts from 0 and would contradict ours).</summary>
    public static string Reason(JsonException exception)
    {
        var message = exception.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
    }

    /// <summary>Why a text in a line cannot be had, which the parser notices only when it is asked for.</summary>
    public static (string Problem, string Fix) NoText(ReadOnlySpan<byte> line) => Utf8.IsValid(line)
        ? ("holds an escape sequence that is half a character", "write both halves of the surrogate pair, or the character itself")
        : ("holds text that is not valid UTF-8", "write the file as UTF-8");

    /// <summary>
    /// True where a bare NaN or Infinity stands outside all strings: Python writes them, JSON has no such number, and they are
    /// worth a sentence of their own because they mean that a training diverged.
    /// </summary>
    public static bool HoldsBareNonFinite(ReadOnlySpan<byte> line)
    {
        var inString = false;
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case (byte)'\\' when inString:
                    i++;
                    break;
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'N' or (byte)'I' when !inString:
                    return line[i..].StartsWith("NaN"u8) || line[i..].StartsWith("Inf"u8);
                default:
                    break;
            }
        }

        return false;
    }
}
