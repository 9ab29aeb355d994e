using Dimec.OpenInference;
using Dimec.OpenInference.Rest;
using Dimec.Serving.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dimec.Serving.Rest;

/// <summary>
/// The protocol's REST side. Not transcoded from gRPC: protobuf's JSON writes int64 as strings, which no client of this protocol reads.
/// </summary>
internal static class RestTierEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Get(endpoints, "v2", (context, tier) => RestAnswers.WriteAsync(context, TierService.Server, ProtocolJson.Default.ServerMetadata));
        Get(endpoints, "v2/health/live", (context, tier) => HealthAsync(context, tier, StatusCodes.Status200OK));
        Get(endpoints, "v2/health/ready", (context, tier) => HealthAsync(context, tier, ReadyStatus(tier)));
        foreach (var model in new[] { "v2/models/{model}", "v2/models/{model}/versions/{version}" })
        {
            Get(endpoints, model, (context, tier) =>
                RestAnswers.WriteAsync(context, Find(context, tier).Metadata, ProtocolJson.Default.ModelMetadata));
            Get(endpoints, $"{model}/ready", ModelReadyAsync);
            Answer(endpoints, $"{model}/infer", [HttpMethods.Post], InferAsync);
        }

        // What else is asked below v2 gets the protocol's kind of error, not the host's.
        endpoints.Map("v2/{**rest}", (RequestDelegate)UnknownAsync);
    }

    /// <summary>Answers an address that is none of the protocol's.</summary>
    public static Task UnknownAsync(HttpContext context) => RestAnswers.ErrorAsync(
        context, ProtocolStatus.NotFound,
        $"{context.Request.Method} {context.Request.Path} is not part of the protocol, whose addresses begin with /v2");

    // Probes and proxies ask with HEAD, which HTTP wants wherever GET is answered.
    private static void Get(IEndpointRouteBuilder endpoints, string pattern, Func<HttpContext, TierService, Task> answer)
        => Answer(endpoints, pattern, [HttpMethods.Get, HttpMethods.Head], answer);

    private static void Answer(
        IEndpointRouteBuilder endpoints, string pattern, string[] methods, Func<HttpContext, TierService, Task> answer)
    {
        endpoints.MapMethods(pattern, methods, (RequestDelegate)(context => RestGuard.RunAsync(context, answer)));
        // Behind the one above: whatever has another method.
        endpoints.Map(pattern, (RequestDelegate)(context => RestAnswers.MethodAsync(context, methods)));
    }

    private static async Task InferAsync(HttpContext context, TierService tier)
    {
        // Before the body is read: a wrong address costs nothing.
        var model = Find(context, tier);
        using var inFlight = tier.InFlight.Begin();
        var request = Read(context, model, await RestBody.ReadAsync(context.Request, inFlight, tier.MaxBodyBytes));
        inFlight.Unpacked(request.Inputs.Sum(input => (long)input.Raw.Length));
        var result = await tier.InferAsync(request, inFlight, context.RequestAborted);
        inFlight.Answer(context.Abort);
        await (result.Response is { } response
            ? RestAnswers.ResponseAsync(context, request, response)
            : RestAnswers.ErrorAsync(context, result.Status, result.Error));
    }

    private static InferRequest Read(HttpContext context, IServedModel model, ReadOnlyMemory<byte> body)
    {
        var name = model.Metadata.Name;
        var headerLength = RestBody.HeaderLength(context.Request, body.Length) ?? body.Length;
        if (headerLength > 0 || body.Length == 0)
            return RestRequestCodec.Read(name, Version(context), body, headerLength);
        return model.RawInput is { } input
            ? RestRequestCodec.FromRawText(name, Version(context), input, body)
            : throw new ProtocolException(
                $"a body without JSON ({RestNames.HeaderLength}: 0) needs a model with one input of BYTES, which '{name}' is not");
    }

    private static IServedModel Find(HttpContext context, TierService tier)
        => tier.Find((string)context.Request.RouteValues["model"]!, Version(context));

    private static string Version(HttpContext context) => context.Request.RouteValues["version"] as string ?? "";

    private static int ReadyStatus(TierService tier) => tier.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;

    private static Task HealthAsync(HttpContext context, TierService tier, int status)
        => RestAnswers.WriteAsync(context, new ServerHealth(Live: true, tier.IsReady), ProtocolJson.Default.ServerHealth, status);

    private static Task ModelReadyAsync(HttpContext context, TierService tier)
        => RestAnswers.WriteAsync(
            context, new ModelReadiness(Find(context, tier).Metadata.Name, tier.IsReady), ProtocolJson.Default.ModelReadiness,
            ReadyStatus(tier));
}
