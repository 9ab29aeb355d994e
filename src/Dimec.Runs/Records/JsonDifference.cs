using System.Text.Json.Nodes;

namespace Dimec.Runs.Records;

/// <summary>Compares two JSON trees leaf by leaf.</summary>
internal static class JsonDifference
{
    public static IEnumerable<(string Key, string Earlier, string Later)> Of(JsonNode? earlier, JsonNode? later, string key)
    {
        if (earlier is JsonObject before && later is JsonObject after)
        {
            return before.Select(item => item.Key).Union(after.Select(item => item.Key))
                .SelectMany(name => Of(before[name], after[name], $"{key}.{name}"));
        }

        // Written and read back, so that two spellings of one number are one.
        return JsonNode.DeepEquals(Normal(earlier), Normal(later)) ? [] : [(key, Text(earlier), Text(later))];
    }

    private static JsonNode? Normal(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString());

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "absent";
}
