using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Dimec.OpenInference.Rest;

/// <summary>What stands around and under a body's JSON: a byte-order mark, and how its text is coded.</summary>
internal static class JsonBytes
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>The JSON without its byte-order mark, which RFC 8259 lets a reader ignore.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) =>
        json.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json;

    /// <summary>The same, where it is text that JSON may be.</summary>
    /// <exception cref="ProtocolException">It is no UTF-8.</exception>
    public static ReadOnlySpan<byte> RequireText(ReadOnlySpan<byte> json)
    {
        // JSON begins with a character of ASCII, so that a zero beside it is half of a wider one.
        if (json.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || json.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || json is [0, _, ..] or [_, 0, ..])
        {
            throw new ProtocolException("the body's JSON is UTF-16 or UTF-32; send it as UTF-8");
        }

        var text = WithoutMark(json);
        if (Utf8.IsValid(text))
            return text;
        var place = FirstInvalid(text);
        throw new ProtocolException(
            $"the body's JSON has bytes that are not UTF-8 (line {text[..place].Count((byte)'\n') + 1}, "
            + $"byte {place - text[..place].LastIndexOf((byte)'\n')}); send it as UTF-8");
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var place = 0;
        while (Rune.DecodeFromUtf8(text[place..], out _, out var length) == OperationStatus.Done)
            place += length;
        return place;
    }
}
