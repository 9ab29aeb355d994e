using System.Text.Json.Serialization;

namespace Dimec.OpenInference.Rest;

/// <summary>The small documents of the REST side; tensors have their own reader and writer.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServerMetadata))]
[JsonSerializable(typeof(ModelMetadata))]
[JsonSerializable(typeof(ModelReadiness))]
[JsonSerializable(typeof(ServerHealth))]
[JsonSerializable(typeof(ErrorBody))]
public sealed partial class ProtocolJson : JsonSerializerContext;
