using System.Buffers.Binary;

namespace Dimec.Serving.Admission;

/// <summary>
/// Tells whether a compressed body ends where its last stream does. .NET's streams end silently at a cut and before what follows; but the
/// last bytes of a stream say what was packed in it, and so must be the last thing there.
/// </summary>
internal static class CompressedEnd
{
    /// <summary>A gzip member's: CRC-32 and length of what was packed.</summary>
    private const int GzipTrailer = 8;

    private static readonly uint[] s_crcTable = CrcTable();

    /// <summary>How a gzip member begins.</summary>
    private static ReadOnlySpan<byte> Magic => [0x1F, 0x8B, 8];

    /// <summary>
    /// How a member ends in which nothing was packed, before its trailer:
    /// as the encoder writes it that does compress, or the one that does not.
    /// </summary>
    private static ReadOnlySpan<byte> Nothing => [3, 0];

    private static ReadOnlySpan<byte> NothingStored => [1, 0, 0, 0xFF, 0xFF];

    /// <summary>Whether the compressed bytes are all of it and nothing else.</summary>
    /// <param name="compressed">What was decompressed.</param>
    /// <param name="body">What came out.</param>
    /// <param name="gzip">Whether it is gzip, whose streams may follow one another; else zlib.</param>
    public static bool IsWhole(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> body, bool gzip)
    {
        if (gzip)
            return IsWholeGzip(compressed, body);
        return compressed.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(compressed[^sizeof(uint)..]) == Adler32(body);
    }

    private static bool IsWholeGzip(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> body)
    {
        while (compressed.Length > Magic.Length + GzipTrailer)
        {
            var trailer = compressed[^GzipTrailer..];
            var (crc, length) = (
                BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer[sizeof(uint)..]));
            if (length > 0)
                return length <= body.Length && crc == Crc32(body[^(int)length..]);

            // Nothing was packed in the last member, or these are zeros that follow it:
            // the member must be there, and what is before it whole.
            var start = compressed.LastIndexOf(Magic);
            if (crc != 0 || start < 0 || !IsNothing(compressed[(start + Magic.Length)..^GzipTrailer]))
                return false;
            if (start == 0)
                return body.IsEmpty;
            compressed = compressed[..start];
        }

        return false;
    }

    private static bool IsNothing(ReadOnlySpan<byte> member) => member.EndsWith(Nothing) || member.EndsWith(NothingStored);

    private static uint[] CrcTable()
    {
        const uint Polynomial = 0xEDB88320;
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
            table[i] = value;
        }

        return table;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = s_crcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65521;
        var (a, b) = (1UL, 0UL);
        while (!bytes.IsEmpty)
        {
            // So many sums fit before either could overflow.
            var block = bytes[..Math.Min(bytes.Length, 1 << 20)];
            foreach (var value in block)
            {
                a += value;
                b += a;
            }

            (a, b) = (a % Modulus, b % Modulus);
            bytes = bytes[block.Length..];
        }

        return (uint)((b << 16) | a);
    }
}
