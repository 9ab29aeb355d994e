using System.IO.Compression;
using System.Runtime.InteropServices;
using Dimec.OpenInference;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dimec.Serving.Admission;

/// <summary>The codings of bodies and messages, as far as this tier speaks them.</summary>
internal static class BodyEncoding
{
    public const string Gzip = "gzip";

    /// <summary>What HTTP and gRPC call so is the zlib format, not bare deflate.</summary>
    public const string Deflate = "deflate";

    private const string Identity = "identity";

    /// <summary>From here on a body is unpacked by one request at a time.</summary>
    public const int Large = 1 << 20;

    /// <summary>The codings that are taken, for a header.</summary>
    public const string Taken = $"{Gzip}, {Deflate}";

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
            [_] => throw new ProtocolException(
                ProtocolStatus.UnsupportedMedia, $"the Content-Encoding '{header}' is not one of {Taken}, {Identity}"),
            _ => throw new ProtocolException(
                ProtocolStatus.UnsupportedMedia,
                $"the Content-Encoding '{header}' is several on top of each other; this tier takes one of {Taken}, {Identity}"),
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
    /// <param name="compressed">The body.</param>
    /// <param name="encoding">Its coding.</param>
    /// <param name="inFlight">Whose body it is.</param>
    /// <param name="body">Gets what comes out.</param>
    /// <param name="before">How many bytes to leave free before it.</param>
    /// <param name="cancellation">Cancelled when the caller is gone.</param>
    /// <exception cref="ProtocolException">It is not in that coding, not whole, has bytes behind its end,
    /// or grows beyond what is taken.</exception>
    public static async Task<byte[]> DecompressAsync(
        ReadOnlyMemory<byte> compressed, string encoding, InFlightRequest inFlight, BodyBuffer body, int before,
        CancellationToken cancellation)
    {
        var bytes = MemoryMarshal.TryGetArray(compressed, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(compressed.ToArray(), writable: false);
        try
        {
            using Stream stream = encoding == Gzip
                ? new GZipStream(bytes, CompressionMode.Decompress)
                : new ZLibStream(bytes, CompressionMode.Decompress);
            int read;
            while ((read = stream.Read(body.Space().Span)) > 0)
            {
                body.Advance(read);
                if (body.Length > Large)
                    await inFlight.UnpackAsync(cancellation);
            }
        }
        catch (InvalidDataException)
        {
            throw new ProtocolException(
                $"the body is not what its coding '{encoding}' says{(encoding == Deflate ? ", which is the zlib format" : "")}");
        }

        var whole = body.Take(before);
        return CompressedEnd.IsWhole(compressed.Span, whole.AsSpan(before), encoding == Gzip)
            ? whole
            : throw new ProtocolException(
                $"the body is not whole streams of its coding '{encoding}': it is cut off, or something follows it");
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
}
