using Dimec.OpenInference;
using Dimec.OpenInference.Rest;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dimec.Serving.Rest;

/// <summary>
/// What a body's Content-Type may say. Much is let pass that clients write without a thought, but nothing by which
/// the bytes mean something else.
/// </summary>
internal static class RestMedia
{
    /// <summary>What tools send where nobody told them a type, besides JSON's own types.</summary>
    private static readonly string[] s_taken =
    [
        RestNames.Json, RestNames.Binary, "text/json", "text/plain", "application/x-www-form-urlencoded",
    ];

    /// <exception cref="ProtocolException">The type is another one, or its text is not in UTF-8.</exception>
    public static void Check(HttpRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.ContentType))
            return;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(s_taken.Any(taken => type.MediaType.Equals(taken, StringComparison.OrdinalIgnoreCase))
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ProtocolException(
                ProtocolStatus.UnsupportedMedia,
                $"the Content-Type '{request.ContentType}' is none that is taken here; "
                + $"send {RestNames.Json}, or {RestNames.Binary} with the header {RestNames.HeaderLength}");
        }

        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (charset.HasValue && !IsUtf8(charset.Value))
        {
            throw new ProtocolException(
                ProtocolStatus.UnsupportedMedia, $"the Content-Type says that the text is in '{charset}'; send UTF-8");
        }
    }

    private static bool IsUtf8(string charset) => charset.Trim().ToLowerInvariant() is "" or "utf-8" or "utf8" or "us-ascii" or "ascii";
}
