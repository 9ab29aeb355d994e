using System.Text.Json.Serialization;

namespace Dimec.Serving.Live;

/// <summary>Writes the page's data without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveSnapshot))]
internal sealed partial class LiveJson : JsonSerializerContext;
