using System.Globalization;
using Dimec.OpenInference;
using Dimec.OpenInference.Rest;
using Dimec.Serving.Admission;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Dimec.Serving.Rest;

/// <summary>Reads a request's body, decompressed and within the limits, and writes an answer's, compressed where that is wanted.</summary>
internal static class RestBody
{
    /// <summary>Answers below this many bytes are sent as they are: compression would cost more than it saves.</summary>
    private const int LeastCompressed = 1024;

    /// <summary>
    /// The whole body; one that is large is then the only one that is unpacked, until <see cref="InFlightRequest.Unpacked"/>.
    /// </summary>
    /// <exception cref="ProtocolException">It is too large or too slow, broken off, of another kind, compressed in an unknown way,
    /// or the tier has no room for it or stops.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, InFlightRequest inFlight, int maxBytes)
    {
        var context = request.HttpContext;
        RestMedia.Check(request);
        var encoding = Encoding(request);
        // What travels is limited here; what it grows to when decompressed is limited below.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes;
        try
        {
            var body = await ReadBytesAsync(request, inFlight, maxBytes);
            if (body.Length > BodyEncoding.Large)
                await inFlight.UnpackAsync(context.RequestAborted);
            if (encoding is null)
                return body;
            using var unpacked = new BodyBuffer(inFlight, maxBytes, TooLarge);
            return await BodyEncoding.DecompressAsync(body, encoding, inFlight, unpacked, before: 0, context.RequestAborted);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(maxBytes);
        }
        catch (IOException exception) when (exception is not ConnectionResetException)
        {
            throw new ProtocolException($"the request broke off: {exception.Message}");
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
        var encoding = body.Length < LeastCompressed ? null : BodyEncoding.Wanted(context.Request.Headers.AcceptEncoding);
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
            body = BodyEncoding.Compress(body, encoding);
        }

        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    private static string? Encoding(HttpRequest request)
    {
        try
        {
            return BodyEncoding.Of(request.Headers.ContentEncoding);
        }
        catch (ProtocolException)
        {
            // RFC 7694: what would have been taken.
            request.HttpContext.Response.Headers[HeaderNames.AcceptEncoding] = BodyEncoding.Taken;
            throw;
        }
    }

    private static ProtocolException TooLarge(int most)
        => new($"the body is larger than the {most} bytes that this tier takes; send fewer rows in a request");

    private static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpRequest request, InFlightRequest inFlight, int maxBytes)
    {
        using var body = new BodyBuffer(inFlight, maxBytes, TooLarge);
        while (true)
        {
            var result = await inFlight.ReadAsync(request.BodyReader);
            try
            {
                body.Write(result.Buffer);
            }
            finally
            {
                request.BodyReader.AdvanceTo(result.Buffer.End);
            }

            if (result.IsCompleted)
                break;
        }

        inFlight.Arrived();
        return body.Take();
    }
}
