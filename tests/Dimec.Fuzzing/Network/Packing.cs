using System.IO.Compression;

namespace Dimec.Fuzzing.Network;

/// <summary>Bodies that are packed as they should be, otherwise, or with very much in little.</summary>
internal static class Packing
{
    /// <summary>A body in a coding.</summary>
    public static byte[] Pack(byte[] body, bool gzip)
    {
        using var packed = new MemoryStream();
        using (Stream stream = gzip
            ? new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
            : new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(body);
        }

        return packed.ToArray();
    }

    /// <summary>A body that unpacks to a great many zeros or blanks.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="gzip">Whether it is gzip; else zlib.</param>
    public static byte[] Bomb(int bytes, bool gzip)
    {
        var body = new byte[bytes];
        body.AsSpan().Fill((byte)' ');
        return Pack(body, gzip);
    }
}
