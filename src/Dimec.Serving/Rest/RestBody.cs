using System.Globalization;
using System.IO.Compression;
using Dimec.Inference.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Dimec.Serving.Rest;

/// <summary>Reads a request's body, decompressed and within the limit, and writes an answer's, compressed where that is wanted.</summary>
internal static class RestBody
{
    /// <summary>Answers below this many bytes are sent as they are: compression would cost more than it saves.</summary>
    private const int LeastCompressed = 1024;

    private const string Gzip = "gzip";
    private const string Deflate = "deflate";

    /// <summary>The whole body.</summary>
    /// <exception cref="ProtocolException">It is too large, broken off, or compressed in an unknown way.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int maxBytes)
    {
        // What travels is limited here; what it grows to when decompressed is limited below.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes;
        try
        {
            await using var stream = Decompress(request);
            return await ReadAsync(stream, request.ContentLength, maxBytes, request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(maxBytes);
        }
        catch (BadHttpRequestException exception)
        {
            throw new ProtocolException($"the request broke off: {exception.Message}");
        }
        catch (InvalidDataException)
        {
            throw new ProtocolException($"the body is not what its Content-Encoding '{request.Headers.ContentEncoding}' says");
        }
    }

    /// <summary>The length of the JSON at the body's start; null: the header is absent, so all of it is JSON.</summary>
    /// <exception cref="ProtocolException">The header is no length, or longer than the body.</exception>
    public static int? HeaderLength(HttpRequest request, int bodyLength)
    {
        if (!request.Headers.TryGetValue(RestNames.HeaderLength, out var value))
            return null;
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            throw new ProtocolException($"the header {RestNames.HeaderLength} is not a length in bytes");
        return length <= bodyLength
            ? length
            : throw new ProtocolException($"the header {RestNames.HeaderLength} says {length} bytes, but the body has {bodyLength}");
    }

    /// <summary>Writes an answer's body.</summary>
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var encoding = body.Length < LeastCompressed ? null : EncodingFor(context.Request.Headers.AcceptEncoding);
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
            body = Compress(body, encoding);
        }

        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    private static Stream Decompress(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding switch
        {
            "" or "identity" => request.Body,
            Gzip => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            // HTTP's "deflate" is the zlib format, not bare deflate.
            Deflate => new ZLibStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            _ => throw new ProtocolException($"the Content-Encoding '{encoding}' is not one of {Gzip}, {Deflate}"),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, long? announced, int maxBytes, CancellationToken cancellation)
    {
        // The announced length is the sender's word: it may set the first buffer's size, but not without bound.
        using var body = new MemoryStream((int)Math.Min(announced ?? 4096, 1 << 20));
        var buffer = new byte[16384];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > maxBytes)
                throw TooLarge(maxBytes);
            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static string? EncodingFor(StringValues accepted)
    {
        var names = accepted.ToString();
        return names.Contains(Gzip, StringComparison.OrdinalIgnoreCase) ? Gzip
            : names.Contains(Deflate, StringComparison.OrdinalIgnoreCase) ? Deflate
            : null;
    }

    private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> body, string encoding)
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

    private static ProtocolException TooLarge(int maxBytes)
        => new($"the body is larger than the {maxBytes} bytes that this tier takes; send fewer rows in a request");
}
