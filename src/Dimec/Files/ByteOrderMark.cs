namespace Dimec.Files;

/// <summary>The mark that some programs put before a text of UTF-8: it is no part of the text.</summary>
public static class ByteOrderMark
{
    /// <summary>How many bytes the mark takes at the start of a text: 3, or 0 where there is none.</summary>
    /// <param name="utf8">The text, from the first byte of its file on.</param>
    public static int LengthIn(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>A text without its mark.</summary>
    /// <param name="utf8">The text, from the first byte of its file on.</param>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> utf8) => utf8[LengthIn(utf8)..];
}
