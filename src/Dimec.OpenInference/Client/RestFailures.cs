using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace Dimec.OpenInference.Client;

/// <summary>What a failed call of REST is called here, and what is to be said of it.</summary>
internal static class RestFailures
{
    /// <summary>The server answered with a status that is no answer.</summary>
    /// <param name="status">The status.</param>
    /// <param name="error">What it said in the protocol's own form; null: nothing.</param>
    /// <param name="headers">The headers of its answer.</param>
    public static OpenInferenceFailure Of(HttpStatusCode status, string? error, HttpResponseHeaders headers)
        => new(ReasonOf(status), error ?? $"it answered with HTTP status {(int)status}")
        {
            ServerMessage = error,
            HttpStatus = status,
            RetryAfter = RetryAfterOf(headers),
        };

    /// <summary>There was no answer.</summary>
    public static OpenInferenceFailure Of(HttpRequestException exception)
    {
        if (TlsAlerts.ProblemOf(exception) is { } alert)
            return new OpenInferenceFailure(OpenInferenceFailureReason.Unreachable, alert);
        if (exception.InnerException is AuthenticationException untrusted)
            return new OpenInferenceFailure(OpenInferenceFailureReason.Unreachable, untrusted.Message);
        var reason = exception.HttpRequestError switch
        {
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ResponseEnded or HttpRequestError.Unknown => OpenInferenceFailureReason.Unreachable,
            HttpRequestError.ConfigurationLimitExceeded => OpenInferenceFailureReason.InvalidResponse,
            _ => OpenInferenceFailureReason.ProtocolMismatch,
        };
        return new OpenInferenceFailure(reason, exception.Message);
    }

    /// <summary>A date is taken by the clock of the server that gives it.</summary>
    private static TimeSpan? RetryAfterOf(HttpResponseHeaders headers)
    {
        var after = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - headers.Date);
        return after < TimeSpan.Zero ? TimeSpan.Zero : after;
    }

    private static OpenInferenceFailureReason ReasonOf(HttpStatusCode status) => status switch
    {
        // The protocol knows one status for an answer, and none that leads elsewhere.
        < HttpStatusCode.BadRequest => OpenInferenceFailureReason.ProtocolMismatch,
        HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout => OpenInferenceFailureReason.DeadlineExceeded,
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway => OpenInferenceFailureReason.Unavailable,
        HttpStatusCode.TooManyRequests => OpenInferenceFailureReason.Overloaded,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => OpenInferenceFailureReason.Unauthorized,
        HttpStatusCode.NotFound => OpenInferenceFailureReason.NotFound,
        HttpStatusCode.NotImplemented => OpenInferenceFailureReason.Unsupported,
        >= HttpStatusCode.InternalServerError => OpenInferenceFailureReason.ServerError,
        _ => OpenInferenceFailureReason.InvalidArgument,
    };
}
