using System.Text.Json;
using Dimec.Files;

namespace Dimec.Json;

/// <summary>Why a line is not the one JSON object that belongs there, by what the makers of such files usually get wrong.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="Fix">What to do about it, as an imperative.</param>
/// <param name="IsOfFile">Whether the lines after it can only be wrong in the same way, because the file is
/// written in another form.</param>
public sealed record JsonLineFault(string Problem, string Fix, bool IsOfFile)
{
    private const string ALine = "write one object a line";

    private enum Extent
    {
        Malformed,
        Unfinished,
        Complete,
    }

    /// <summary>Looks at a line that is malformed, or holds something else than one object.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="malformed">What the parser threw; null where the line is well-formed.</param>
    public static JsonLineFault Of(ReadOnlySpan<byte> line, JsonException? malformed)
    {
        var text = line.Trim(" \t\r"u8);
        if (text.StartsWith("["u8))
        {
            return new JsonLineFault(
                "is a JSON array where one object belongs", $"{ALine}, without brackets around them and commas between them",
                IsOfFile: true);
        }

        if (ByteOrderMark.LengthIn(text) > 0)
        {
            return new JsonLineFault(
                "begins with a byte-order mark that is not the file's first character", "remove it; where files were joined, each had one",
                IsOfFile: false);
        }

        if (text.Contains((byte)0))
        {
            return new JsonLineFault(
                "holds zero bytes, as are left where a disk was full or a machine stopped", "write the file again", IsOfFile: false);
        }

        if (malformed is not null && JsonText.HoldsBareNonFinite(text))
        {
            return new JsonLineFault(
                "holds NaN or Infinity, which JSON does not have", "write a number, or null where there is none", IsOfFile: false);
        }

        if (malformed is not null && text.StartsWith("{'"u8))
            return new JsonLineFault("has single quotes, as Python shows a dictionary", $"{ALine} with json.dumps", IsOfFile: true);
        var extent = FirstObject(text, out var length);
        if (extent == Extent.Unfinished)
            return new JsonLineFault("ends within an object", $"{ALine}, however long, and do not spread it over several", IsOfFile: true);
        if (extent == Extent.Complete && length < text.Length)
            return After(text[length..]);
        return malformed is null || extent == Extent.Complete
            ? new JsonLineFault("is not a JSON object", ALine, IsOfFile: false)
            : new JsonLineFault(
                $"is not well-formed JSON ({JsonText.Reason(malformed)})", "correct the line, or write the file again", IsOfFile: false);
    }

    /// <summary>Whether a line begins an object and does not end it.</summary>
    /// <param name="line">The line, without its end.</param>
    internal static bool IsUnfinished(ReadOnlySpan<byte> line) => FirstObject(line.Trim(" \t\r"u8), out _) == Extent.Unfinished;

    private static JsonLineFault After(ReadOnlySpan<byte> rest)
    {
        var next = rest.TrimStart(" \t\r"u8);
        if (next.StartsWith("{"u8) && rest.Contains((byte)'\r'))
        {
            return new JsonLineFault(
                "holds several objects: the file's lines end with CR alone", "save it with LF at the ends of lines", IsOfFile: true);
        }

        if (next.StartsWith("{"u8))
            return new JsonLineFault("holds more than one object", ALine, IsOfFile: false);
        return next.StartsWith(","u8)
            ? new JsonLineFault("goes on with a comma after its object", $"{ALine}, without commas between them", IsOfFile: true)
            : new JsonLineFault("goes on after its object", ALine, IsOfFile: false);
    }

    /// <summary>How far the first object goes.</summary>
    private static Extent FirstObject(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        var json = new Utf8JsonReader(text, isFinalBlock: false, default);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return Extent.Malformed;
            while (json.Read())
            {
                if (json.CurrentDepth == 0)
                {
                    length = (int)json.BytesConsumed;
                    return Extent.Complete;
                }
            }

            return Extent.Unfinished;
        }
        catch (JsonException)
        {
            return Extent.Malformed;
        }
    }
}
