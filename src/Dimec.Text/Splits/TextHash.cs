using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dimec.Text.Splits;

/// <summary>
/// What decides where a text goes: the first 128 bits of SHA-256 over the seed and the texts, without white space around them.
/// </summary>
internal static class TextHash
{
    public static UInt128 Of(Sample sample, long seed)
    {
        var text = sample.Text.Trim();
        var pair = sample.Pair?.Trim() ?? "";
        var utf8 = System.Text.Encoding.UTF8;
        var textLength = utf8.GetByteCount(text);
        // The text's length keeps ("ab", "c") and ("a", "bc") apart.
        var input = new byte[sizeof(long) + sizeof(int) + textLength + utf8.GetByteCount(pair)];
        BinaryPrimitives.WriteInt64LittleEndian(input, seed);
        BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(sizeof(long)), textLength);
        var written = utf8.GetBytes(text, input.AsSpan(sizeof(long) + sizeof(int)));
        utf8.GetBytes(pair, input.AsSpan(sizeof(long) + sizeof(int) + written));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
