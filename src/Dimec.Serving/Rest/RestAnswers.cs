using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dimec.Inference.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dimec.Serving.Rest;

/// <summary>Writes the REST side's answers: small documents, inference responses and errors, which are always <c>{"error":"…"}</c>.</summary>
internal static class RestAnswers
{
    public static Task WriteAsync<T>(HttpContext context, T document, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = RestNames.Json;
        return RestBody.WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(document, type));
    }

    public static Task ErrorAsync(HttpContext context, ProtocolStatus status, string error)
        => WriteAsync(context, new ErrorBody(error), ProtocolJson.Default.ErrorBody, RestStatuses.CodeOf(status));

    public static Task ResponseAsync(HttpContext context, InferRequest request, InferResponse response)
    {
        var (body, headerLength) = RestResponseCodec.Write(response, name => IsBinary(request, name));
        context.Response.ContentType = headerLength is null ? RestNames.Json : RestNames.Binary;
        if (headerLength is { } length)
            context.Response.Headers[RestNames.HeaderLength] = length.ToString(CultureInfo.InvariantCulture);
        return RestBody.WriteAsync(context, body);
    }

    private static bool IsBinary(InferRequest request, string output)
        => request.Outputs.FirstOrDefault(asked => asked.Name == output)?.Binary ?? request.BinaryOutput;
}
