using Dimec.OpenInference;
using Dimec.OpenInference.Rest;
using Dimec.Serving.Admission;
using Dimec.Serving.Models;
using Dimec.Serving.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dimec.Serving.Rest;

/// <summary>
/// The protocol's REST side. Not transcoded from gRPC: protobuf's JSON writes int64 as strings, which no client of this protocol reads.
/// </summary>
internal static class RestTierEndpoints
{
    /// <summary>Where a model is.</summary>
    public static IReadOnlyList<string> ModelAddresses { get; } = ["v2/models/{model}", "v2/models/{model}/versions/{version}"];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Get(endpoints, "v2", (context, tier) => RestAnswers.WriteAsync(context, TierService.Server, ProtocolJson.Default.ServerMetadata));
        Get(
            endpoints, "v2/health/live", (context, tier) => HealthAsync(context, tier, StatusCodes.Status200OK), EndpointAccess.Anybody);
        Get(endpoints, "v2/health/ready", (context, tier) => HealthAsync(context, tier, ReadyStatus(tier)), EndpointAccess.Anybody);
        foreach (var model in ModelAddresses)
        {
            Get(endpoints, model, (context, tier) =>
                RestAnswers.WriteAsync(context, Find(context, tier).Metadata, ProtocolJson.Default.ModelMetadata));
            Get(endpoints, $"{model}/ready", ModelReadyAsync);
            Answer(endpoints, $"{model}/infer", access: null, ([HttpMethods.Post], InferAsync));
        }

        RestExtensionEndpoints.Map(endpoints);

        // What else is asked below v2 gets the protocol's kind of error, not the host's.
        endpoints.Map("v2/{**rest}", (RequestDelegate)UnknownAsync);
    }

    /// <summary>Answers an address that is none of the protocol's.</summary>
    public static Task UnknownAsync(HttpContext context) => RestAnswers.ErrorAsync(context, new ProtocolException(
        ProtocolStatus.NotFound,
        $"{context.Request.Method} {context.Request.Path} is not part of the protocol, whose addresses begin with /v2"));

    // Probes and proxies ask with HEAD, which HTTP wants wherever GET is answered.
    public static void Get(
        IEndpointRouteBuilder endpoints, string pattern, Func<HttpContext, TierService, Task> answer, EndpointAccess? access = null)
        => Answer(endpoints, pattern, access, ([HttpMethods.Get, HttpMethods.Head], answer));

    /// <summary>Answers an address, each of its methods as it says, and whatever has another method.</summary>
    /// <param name="endpoints">Gets it.</param>
    /// <param name="pattern">The address.</param>
    /// <param name="access">Who may ask; null: who is known.</param>
    /// <param name="ways">Its methods.</param>
    public static void Answer(
        IEndpointRouteBuilder endpoints, string pattern, EndpointAccess? access,
        params (string[] Methods, Func<HttpContext, TierService, Task> Answer)[] ways)
    {
        foreach (var (methods, answer) in ways)
        {
            var endpoint = endpoints.MapMethods(pattern, methods, (RequestDelegate)(context => RestGuard.RunAsync(context, answer)));
            if (access is not null)
                endpoint.WithMetadata(access);
        }

        // Behind those above.
        string[] all = [.. ways.SelectMany(way => way.Methods)];
        endpoints.Map(pattern, (RequestDelegate)(context => RestAnswers.MethodAsync(context, all)));
    }

    /// <summary>The model that the address names.</summary>
    /// <exception cref="ProtocolException">No such model, or not in that version.</exception>
    public static IServedModel Find(HttpContext context, TierService tier)
        => tier.Find((string)context.Request.RouteValues["model"]!, Version(context));

    private static async Task InferAsync(HttpContext context, TierService tier)
    {
        // Before the body is read: a wrong address costs nothing, and a full tier little.
        var model = Find(context, tier);
        var caller = Callers.Of(context);
        if (tier.Refusal(caller) is { } refusal)
        {
            await RestAnswers.ErrorAsync(context, refusal);
            return;
        }

        using var inFlight = tier.InFlight.Begin(caller);
        var request = Read(context, model, await RestBody.ReadAsync(context.Request, inFlight, tier.MaxBodyBytes));
        inFlight.Unpacked(request.Inputs.Sum(input => (long)input.Raw.Length));
        var result = await tier.InferAsync(request, inFlight, context.RequestAborted);
        inFlight.Answer(context.Abort);
        await (result.Response is { } response
            ? RestAnswers.ResponseAsync(context, request, response)
            : RestAnswers.ErrorAsync(context, result.Error!));
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

    private static string Version(HttpContext context) => context.Request.RouteValues["version"] as string ?? "";

    private static int ReadyStatus(TierService tier) => tier.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;

    private static Task HealthAsync(HttpContext context, TierService tier, int status)
        => RestAnswers.WriteAsync(context, new ServerHealth(Live: true, tier.IsReady), ProtocolJson.Default.ServerHealth, status);

    private static Task ModelReadyAsync(HttpContext context, TierService tier)
        => RestAnswers.WriteAsync(
            context, new ModelReadiness(Find(context, tier).Metadata.Name, tier.IsReady), ProtocolJson.Default.ModelReadiness,
            ReadyStatus(tier));
}
