using System.Buffers;
using System.Text.Json;
using Dimec.Json;

namespace Dimec.Policies;

/// <summary>Makes and opens the object <c>parameters</c> of a plan.</summary>
internal static class PolicyParameters
{
    /// <summary>The parameters of a policy that has none.</summary>
    public static JsonElement None { get; } = Write(static _ => { });

    /// <summary>Makes the object; the action writes its properties.</summary>
    public static JsonElement Write(Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    /// <summary>Makes sure that a policy that has no parameters was given none.</summary>
    public static void RequireNone(JsonElement parameters, string where) => Read(parameters, where, static _ => 0);

    /// <summary>Reads the object; everything that the action or the reader finds wrong is thrown together.</summary>
    public static T Read<T>(JsonElement parameters, string where, Func<JsonObjectReader, T> read)
    {
        var errors = new InputErrors();
        var json = new JsonObjectReader(parameters, where, "parameters", errors);
        var value = read(json);
        json.NoOtherKeys();
        errors.ThrowIfAny();
        return value;
    }
}
