using System.Text.Json;
using Dimec.OpenInference;
using Dimec.Serving.Admission;
using Dimec.Serving.Extensions;
using Dimec.Serving.Grpc;
using Dimec.Serving.Models;
using Dimec.Serving.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using LogValue = Dimec.OpenInference.Grpc.Messages.LogSettingsResponse.Types.SettingValue;

namespace Dimec.Serving.Rest;

/// <summary>What Triton's clients ask for beyond the protocol, over REST.</summary>
internal static class RestExtensionEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var model in RestTierEndpoints.ModelAddresses)
        {
            RestTierEndpoints.Get(endpoints, $"{model}/config", (context, tier) =>
                WriteAsync(context, writer => MessageJson.Write(writer, tier.Configuration(RestTierEndpoints.Find(context, tier)))));
            RestTierEndpoints.Get(endpoints, $"{model}/stats", (context, tier) =>
                StatisticsAsync(context, tier, RestTierEndpoints.Find(context, tier).Metadata.Name));
        }

        RestTierEndpoints.Get(endpoints, "v2/models/stats", (context, tier) => StatisticsAsync(context, tier, ""));
        Post(endpoints, "v2/repository/index", IndexAsync);
        Post(endpoints, "v2/repository/{repository}/index", (_, _) => throw NotDone.Repositories);
        Post(endpoints, "v2/repository/models/{model}/load", LoadAsync, EndpointAccess.Admin);
        Post(endpoints, "v2/repository/models/{model}/unload", (_, _) => throw NotDone.Unloading, EndpointAccess.Admin);
        foreach (var change in new[] { "load", "unload" })
            Post(endpoints, $"v2/repository/{{repository}}/models/{{model}}/{change}", (_, _) => throw NotDone.Repositories);

        foreach (var memory in new[] { "v2/systemsharedmemory", "v2/cudasharedmemory" })
        {
            RestTierEndpoints.Get(
                endpoints, $"{memory}/status", (context, _) => WriteAsync(context, writer => MessageJson.Write(writer, [])));
            RestTierEndpoints.Get(endpoints, $"{memory}/region/{{region}}/status", (_, _) => throw NotDone.Region);
            Post(endpoints, $"{memory}/region/{{region}}/register", (_, _) => throw NotDone.SharedMemory);
            foreach (var regions in new[] { memory, $"{memory}/region/{{region}}" })
                Post(endpoints, $"{regions}/unregister", (_, _) => Task.CompletedTask);
        }

        Settings(endpoints, "v2/trace/setting", TracingAsync, () => NotDone.Tracing);
        Settings(endpoints, "v2/models/{model}/trace/setting", TracingAsync, () => NotDone.Tracing);
        Settings(endpoints, "v2/logging", LoggingAsync, () => NotDone.Logging);
    }

    private static void Post(
        IEndpointRouteBuilder endpoints, string pattern, Func<HttpContext, TierService, Task> answer, EndpointAccess? access = null) =>
        RestTierEndpoints.Answer(endpoints, pattern, access, ([HttpMethods.Post], answer));

    /// <summary>Settings that are told, and not changed.</summary>
    private static void Settings(
        IEndpointRouteBuilder endpoints, string pattern, Func<HttpContext, TierService, Task> answer, Func<ProtocolException> refuse) =>
        RestTierEndpoints.Answer(
            endpoints, pattern, access: null, ([HttpMethods.Get, HttpMethods.Head], answer),
            ([HttpMethods.Post], Unchanged(answer, refuse)));

    /// <summary>Answers a request for a change that changes nothing.</summary>
    private static Func<HttpContext, TierService, Task> Unchanged(
        Func<HttpContext, TierService, Task> answer, Func<ProtocolException> refuse) => async (context, tier) =>
        {
            if ((await ReadAsync(context, tier)).EnumerateObject().Any())
                throw refuse();
            await answer(context, tier);
        };

    private static Task StatisticsAsync(HttpContext context, TierService tier, string model) =>
        WriteAsync(context, writer => MessageJson.Write(writer, tier.Statistics(model, "")));

    private static async Task IndexAsync(HttpContext context, TierService tier)
    {
        var onlyReady = false;
        if ((await ReadAsync(context, tier)).TryGetProperty("ready", out var ready))
        {
            onlyReady = ready.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? ready.GetBoolean()
                : throw new ProtocolException("'ready' must be true or false");
        }

        await WriteAsync(context, writer => MessageJson.Write(writer, RepositoryIndex.Of(tier, onlyReady).Models));
    }

    private static async Task LoadAsync(HttpContext context, TierService tier)
    {
        if ((await ReadAsync(context, tier)).TryGetProperty("parameters", out var parameters)
            && (parameters.ValueKind != JsonValueKind.Object || parameters.EnumerateObject().Any()))
        {
            throw NotDone.LoadingOf;
        }

        await tier.LoadAsync((string)context.Request.RouteValues["model"]!, context.RequestAborted);
    }

    private static Task TracingAsync(HttpContext context, TierService tier)
    {
        if (context.Request.RouteValues.ContainsKey("model"))
            RestTierEndpoints.Find(context, tier);
        return WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            foreach (var (name, setting) in ServerSettings.Trace.Settings)
            {
                // The one setting that may have several values.
                if (name == "trace_level")
                    writer.WriteStartArray(name);
                else
                    writer.WritePropertyName(name);
                foreach (var value in setting.Value)
                    writer.WriteStringValue(value);
                if (name == "trace_level")
                    writer.WriteEndArray();
            }

            writer.WriteEndObject();
        });
    }

    private static Task LoggingAsync(HttpContext context, TierService tier) => WriteAsync(context, writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in ServerSettings.Log(context.RequestServices.GetRequiredService<ILogger<TierService>>()).Settings)
        {
            switch (value.ParameterChoiceCase)
            {
                case LogValue.ParameterChoiceOneofCase.BoolParam: writer.WriteBoolean(name, value.BoolParam); break;
                case LogValue.ParameterChoiceOneofCase.Uint32Param: writer.WriteNumber(name, value.Uint32Param); break;
                default: writer.WriteString(name, value.StringParam); break;
            }
        }

        writer.WriteEndObject();
    });

    /// <summary>The object that a request brings; an empty one where it brings nothing.</summary>
    private static async Task<JsonElement> ReadAsync(HttpContext context, TierService tier)
    {
        using var inFlight = tier.InFlight.Begin(Callers.Of(context));
        var body = await RestBody.ReadAsync(context.Request, inFlight, Math.Min(tier.MaxBodyBytes, GrpcExtras.MaxMessageBytes));
        if (body.IsEmpty)
            return JsonElement.Parse("{}");
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ProtocolException("the body must be a JSON object");
            // A key that is half a character is found when it is read, not when the document is.
            foreach (var property in document.RootElement.EnumerateObject())
                _ = property.Name;
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ProtocolException("the body is not valid JSON");
        }
    }

    private static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
            write(writer);
        return RestAnswers.JsonAsync(context, body.ToArray());
    }
}
