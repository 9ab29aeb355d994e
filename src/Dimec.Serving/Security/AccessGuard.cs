using System.Net.Http.Headers;
using Dimec.OpenInference;
using Dimec.Serving.Grpc;
using Dimec.Serving.Rest;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Security;

/// <summary>
/// Lets callers in, before anything of what they ask is read. Whatever has no word of its own (<see cref="EndpointAccess"/>) is for callers
/// that are known: a new address, one that is none, and reflection too.
/// </summary>
/// <param name="secrets">By what callers are known.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told, for who looks for it, that a caller was refused.</param>
internal sealed class AccessGuard(TierSecrets secrets, TimeProvider time, ILogger log)
{
    private const string Scheme = "Bearer";

    /// <summary>Answers a request that is refused, and lets others on.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Refusal(context) is not { } refusal)
            return next(context);
        log.CallerRefused(refusal.Message);
        return context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true
            ? GrpcRefusal.WriteAsync(context, refusal)
            : RestAnswers.ErrorAsync(context, refusal);
    }

    private ProtocolException? Refusal(HttpContext context)
    {
        var access = context.GetEndpoint()?.Metadata.GetMetadata<EndpointAccess>();
        if (access == EndpointAccess.Anybody)
            return null;
        return OfCertificate(context) ?? OfKey(context, access);
    }

    private ProtocolException? OfCertificate(HttpContext context)
    {
        if (secrets.ClientCa is not { } trust)
            return null;
        object? shown = null;
        context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(typeof(ClientCertificate), out shown);
        if (shown is not ClientCertificate certificate)
            return Denied("this tier answers who shows a client certificate of its own authority, and none was shown");
        return certificate.ProblemOf(trust, time.GetUtcNow()) is { } problem
            ? Denied($"the client certificate {problem}; show one of this tier's own authority")
            : null;
    }

    private ProtocolException? OfKey(HttpContext context, EndpointAccess? access)
    {
        if (secrets.Keys is not { } keys)
            return null;
        if (Shown(context.Request) is not { } shown)
        {
            return new ProtocolException(
                ProtocolStatus.Unauthenticated,
                $"this tier answers who has an API key; send it as 'authorization: {Scheme} KEY', a header of REST or metadata of gRPC");
        }

        if (keys.Find(shown) is not { } key)
        {
            return new ProtocolException(
                ProtocolStatus.Unauthenticated, "the API key is none that this tier knows; ask who runs it for one");
        }

        return access == EndpointAccess.Admin && !key.IsAdmin
            ? Denied("this API key may ask and not have models loaded; use one that is an admin's")
            : null;
    }

    private static string? Shown(HttpRequest request) =>
        request.Headers.Authorization is [{ } only] && AuthenticationHeaderValue.TryParse(only, out var header)
            && header.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(header.Parameter)
            ? header.Parameter
            : null;

    private static ProtocolException Denied(string sentence) => new(ProtocolStatus.PermissionDenied, sentence);
}
