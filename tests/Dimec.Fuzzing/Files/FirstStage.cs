using System.Text;
using System.Text.Json;

namespace Dimec.Fuzzing.Files;

/// <summary>What is well-formed, by somebody else's parser than the one that is looked at.</summary>
internal static class FirstStage
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Whether it is one document of JSON.</summary>
    public static bool IsJson(byte[] input) => IsJson(input.AsMemory());

    /// <summary>Whether each line is a document of JSON, or blank.</summary>
    public static bool IsJsonLines(byte[] input)
    {
        var rest = input.AsMemory();
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Span.ContainsAnyExcept(" \t\r"u8) && !IsJson(line))
                return false;
        }

        return true;
    }

    /// <summary>Whether it is text.</summary>
    public static bool IsText(byte[] input)
    {
        try
        {
            s_strict.GetCharCount(input);
            return !input.AsSpan().Contains((byte)0);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            if (json.Span.StartsWith("\uFEFF"u8))
                json = json[3..];
            using var document = JsonDocument.Parse(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
