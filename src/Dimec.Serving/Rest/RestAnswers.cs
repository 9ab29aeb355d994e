using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dimec.OpenInference;
using Dimec.OpenInference.Rest;
using Microsoft.AspNetCore.Http;

namespace Dimec.Serving.Rest;

/// <summary>
/// Writes the REST side's answers: small documents, inference responses and errors, which are always <c>{"error":"…"}</c>.
/// </summary>
internal static class RestAnswers
{
    public static Task WriteAsync<T>(HttpContext context, T document, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = RestNames.Json;
        return RestBody.WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(document, type));
    }

    public static Task ErrorAsync(HttpContext context, ProtocolException error)
    {
        if (error.RetryAfter is { } wait)
        {
            // Whole seconds are all that the header has (RFC 9110, section 10.2.3).
            context.Response.Headers.RetryAfter =
                Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        // RFC 9110, section 15.5.2: who is refused so is told by what it would be let in.
        if (error.Status == ProtocolStatus.Unauthenticated)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorAsync(context, RestStatuses.CodeOf(error.Status), error.Message);
    }

    public static Task JsonAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = RestNames.Json;
        return RestBody.WriteAsync(context, body);
    }

    /// <summary>The address is right and the method is not.</summary>
    public static Task MethodAsync(HttpContext context, IReadOnlyList<string> methods)
    {
        var allowed = string.Join(", ", methods);
        context.Response.Headers.Allow = allowed;
        return ErrorAsync(
            context, StatusCodes.Status405MethodNotAllowed,
            PlainSentence.Of($"{context.Request.Path} does not take {context.Request.Method}; use {allowed}"));
    }

    public static Task ResponseAsync(HttpContext context, InferRequest request, InferResponse response)
    {
        var (body, headerLength) = RestResponseCodec.Write(response, name => IsBinary(request, name));
        context.Response.ContentType = headerLength is null ? RestNames.Json : RestNames.Binary;
        if (headerLength is { } length)
            context.Response.Headers[RestNames.HeaderLength] = length.ToString(CultureInfo.InvariantCulture);
        return RestBody.WriteAsync(context, body);
    }

    private static Task ErrorAsync(HttpContext context, int status, string error)
        => WriteAsync(context, new ErrorBody(error), ProtocolJson.Default.ErrorBody, status);

    private static bool IsBinary(InferRequest request, string output)
        => request.Outputs.FirstOrDefault(asked => asked.Name == output)?.Binary ?? request.BinaryOutput;
}
