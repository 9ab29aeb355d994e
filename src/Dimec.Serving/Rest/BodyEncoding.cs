using System.Buffers.Binary;
using System.IO.Compression;
using Dimec.Inference.Protocol;
using Dimec.Serving.Held;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dimec.Serving.Rest;

/// <summary>HTTP's content codings, as far as this tier speaks them.</summary>
internal static class BodyEncoding
{
    private const string Gzip = "gzip";
    private const string Deflate = "deflate";
    private const string Identity = "identity";

    /// <summary>The coding that a request's body is in; null: none.</summary>
    /// <exception cref="ProtocolException">An unknown one, or several.</exception>
    public static string? Of(StringValues header)
    {
        string[] names = [.. header.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(name => !Is(name, Identity))];
        return names switch
        {
            [] => null,
            [var name] when Is(name, Gzip) || Is(name, "x-gzip") => Gzip,
            [var name] when Is(name, Deflate) => Deflate,
            _ => throw new ProtocolException($"the Content-Encoding '{header}' is not one of {Gzip}, {Deflate}, {Identity}"),
        };
    }

    /// <summary>The coding in which an answer is wanted; null: as it is.</summary>
    public static string? Wanted(StringValues accepted)
    {
        if (!StringWithQualityHeaderValue.TryParseList([.. accepted.OfType<string>()], out var list))
            return null;
        var (gzip, deflate, identity) = (Quality(list, Gzip) ?? 0, Quality(list, Deflate) ?? 0, Quality(list, Identity) ?? 0);
        var best = Math.Max(gzip, deflate);
        return best == 0 || identity > best ? null : gzip == best ? Gzip : Deflate;
    }

    /// <summary>Decompresses a body.</summary>
    /// <exception cref="ProtocolException">It is not in that coding, not whole, has bytes behind its end, or grows beyond what is taken.</exception>
    public static ReadOnlyMemory<byte> Decompress(ReadOnlyMemory<byte> compressed, string encoding, HeldRequest held, int most)
    {
        var body = new BodyBuffer(held, compressed.Length, null, most);
        try
        {
            using var bytes = new MemoryStream(compressed.ToArray(), writable: false);
            // HTTP's "deflate" is the zlib format, not bare deflate.
            using Stream stream = encoding == Gzip ? new GZipStream(bytes, CompressionMode.Decompress) : new ZLibStream(bytes, CompressionMode.Decompress);
            int read;
            while ((read = stream.Read(body.Space().Span)) > 0)
                body.Advance(read);
        }
        catch (InvalidDataException)
        {
            throw new ProtocolException($"the body is not what its Content-Encoding '{encoding}' says");
        }

        return IsWhole(compressed.Span, body.Written.Span, encoding)
            ? body.Written
            : throw new ProtocolException($"the body is not one whole stream of its Content-Encoding '{encoding}': it is cut off, or something follows it");
    }

    /// <summary>Compresses an answer.</summary>
    public static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> body, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding == Gzip
            ? new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)
            : new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(body.Span);
        }

        return compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
    }

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static double? Quality(IList<StringWithQualityHeaderValue> list, string name)
        => (list.FirstOrDefault(item => item.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (name == Identity ? null : list.FirstOrDefault(item => item.Value == "*"))) is { } found ? found.Quality ?? 1 : null;

    /// <summary>.NET's streams end silently at a cut and before what follows: the trailer, which says what was packed, must be the last thing there.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> body, string encoding)
    {
        if (compressed.Length < sizeof(uint))
            return false;
        var trailer = compressed[^sizeof(uint)..];
        return encoding == Gzip
            ? BinaryPrimitives.ReadUInt32LittleEndian(trailer) == (uint)body.Length
            : BinaryPrimitives.ReadUInt32BigEndian(trailer) == Adler32(body);
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
