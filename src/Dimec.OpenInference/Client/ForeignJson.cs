using System.Text.Json;
using Dimec.OpenInference.Rest;

namespace Dimec.OpenInference.Client;

/// <summary>Small documents as servers of other makers write them: keys that are missing, or null.</summary>
internal static class ForeignJson
{
    /// <summary>The same without nulls.</summary>
    public static ServerMetadata Complete(ServerMetadata server) => new(server.Name ?? "", server.Version ?? "", server.Extensions ?? []);

    /// <summary>The same without nulls.</summary>
    public static ModelMetadata Complete(ModelMetadata model)
        => new(model.Name ?? "", model.Versions ?? [], model.Platform ?? "", Complete(model.Inputs), Complete(model.Outputs));

    /// <summary>Whether the document is an object in which the key is false.</summary>
    public static bool SaysFalse(byte[] body, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(body.AsMemory(body.Length - JsonBytes.WithoutMark(body).Length));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.False;
        }
        catch (Exception none) when (IsNoJson(none))
        {
            return false;
        }
    }

    /// <summary>Whether what was thrown says that a body is no JSON, or has a text in it that is half a character.</summary>
    public static bool IsNoJson(Exception exception) => exception is JsonException or InvalidOperationException;

    private static IReadOnlyList<TensorMetadata> Complete(IReadOnlyList<TensorMetadata>? tensors)
        => [.. (tensors ?? []).Select(tensor => new TensorMetadata(tensor?.Name ?? "", tensor?.Datatype ?? "", tensor?.Shape ?? []))];
}
