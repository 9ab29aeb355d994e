using System.Buffers;
using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;

namespace Dimec.Policies.Codecs;

/// <summary>Makes and opens the object <c>parameters</c> of a plan.</summary>
internal static class ParametersJson
{
    /// <summary>The object of a policy's parameters.</summary>
    public static JsonElement Of(IPolicyFactory policy, PolicyParameters parameters, CostStructure costs) =>
        Write(json => policy.Write(parameters, costs, json));

    /// <summary>The same without what is too long for a table.</summary>
    public static JsonElement SummaryOf(IPolicyFactory policy, PolicyParameters parameters, CostStructure costs) =>
        Write(json => policy.Summarise(parameters, costs, json));

    /// <summary>Makes sure that a policy that has no parameters was given none.</summary>
    public static NoParameters ReadNone(JsonElement parameters, string where) => Read(parameters, where, static _ => NoParameters.Instance);

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

    private static JsonElement Write(Action<Utf8JsonWriter> properties)
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
}
