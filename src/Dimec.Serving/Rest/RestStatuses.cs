using Dimec.OpenInference;
using Microsoft.AspNetCore.Http;

namespace Dimec.Serving.Rest;

/// <summary>What a failure is called in HTTP.</summary>
internal static class RestStatuses
{
    public static int CodeOf(ProtocolStatus status) => status switch
    {
        ProtocolStatus.UnsupportedMedia => StatusCodes.Status415UnsupportedMediaType,
        ProtocolStatus.Unsupported => StatusCodes.Status501NotImplemented,
        ProtocolStatus.TooSlow => StatusCodes.Status408RequestTimeout,
        ProtocolStatus.Unauthenticated => StatusCodes.Status401Unauthorized,
        ProtocolStatus.PermissionDenied => StatusCodes.Status403Forbidden,
        ProtocolStatus.NotFound => StatusCodes.Status404NotFound,
        ProtocolStatus.Full => StatusCodes.Status429TooManyRequests,
        ProtocolStatus.Internal => StatusCodes.Status500InternalServerError,
        ProtocolStatus.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ProtocolStatus.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status400BadRequest,
    };
}
