using Dimec.OpenInference;
using Dimec.Serving.Models;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dimec.Serving.Rest;

/// <summary>The edge of the REST side: whatever goes wrong is an answer of the protocol, and a caller that goes away is no error.</summary>
internal static class RestGuard
{
    public static async Task RunAsync(HttpContext context, Func<HttpContext, TierService, Task> answer)
    {
        try
        {
            await AnswerAsync(context, answer);
        }
        catch (Exception exception) when (IsGone(context, exception))
        {
            Log(context).CallerGone(context.Request.Method, Route(context));
        }
    }

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, TierService, Task> answer)
    {
        try
        {
            await answer(context, context.RequestServices.GetRequiredService<TierService>());
        }
        catch (ProtocolException exception)
        {
            await RestAnswers.ErrorAsync(context, exception);
        }
#pragma warning disable CA1031 // A fault of ours is an answer of the protocol too.
        catch (Exception exception) when (!context.Response.HasStarted && !IsGone(context, exception))
#pragma warning restore CA1031
        {
            Log(context).RequestFailed(context.Request.Method, Route(context), FaultName.Of(exception));
            Log(context).FaultDetails(exception);
            await RestAnswers.ErrorAsync(context, new ProtocolException(ProtocolStatus.Internal, "the server failed; its log says why"));
        }
    }

    private static bool IsGone(HttpContext context, Exception exception) =>
        exception is ConnectionResetException or ConnectionAbortedException
            || (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested);

    /// <summary>The address without what the caller has put into it.</summary>
    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";

    private static ILogger Log(HttpContext context) => context.RequestServices.GetRequiredService<ILogger<TierService>>();
}
