using System.Text.Json.Nodes;

namespace Dimec.Testing.Json;

/// <summary>Documents that differ from a valid one in one value: what hand-edited and half-right files look like.</summary>
public static class JsonMutations
{
    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "-1", "1", "2", "3.5", "1e400", "2147483647", "99999999999999999999", "\"\"", "\"A\"", "\"true\"",
        "\"\\u0000\"", "\"[CLS]\"", "[]", "[null]", "[[]]", "[1,\"a\"]", "{}",
        "{\"a\":1}", "{\"type\":\"Sequence\"}", "[{}]",
    ];

    /// <summary>
    /// Every way to replace, to repeat or to leave out one value of a document; those of long arrays and objects at their ends only.
    /// </summary>
    public static IEnumerable<string> Of(string json)
    {
        foreach (var path in Paths(JsonNode.Parse(json), []))
        {
            foreach (var value in s_values)
                yield return With(json, path, (parent, key) => Set(parent, key, JsonNode.Parse(value)));
            yield return With(json, path, Remove);
            yield return With(json, path, Repeat);
        }
    }

    /// <summary>A document that differs in some values at once.</summary>
    /// <param name="json">The valid document.</param>
    /// <param name="seed">Which of them.</param>
    /// <param name="changes">How many values.</param>
    public static string Random(string json, int seed, int changes)
    {
        var random = new Random(seed);
        for (var change = 0; change < changes; change++)
        {
            object[][] paths = [.. Paths(JsonNode.Parse(json), [])];
            if (paths.Length == 0)
                break;
            var value = s_values[random.Next(s_values.Length)];
            json = With(json, paths[random.Next(paths.Length)], random.Next(8) switch
            {
                0 => Remove,
                1 => Repeat,
                _ => (parent, key) => Set(parent, key, JsonNode.Parse(value)),
            });
        }

        return json;
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] path)
    {
        if (path.Length > 0)
            yield return path;
        var inner = node switch
        {
            JsonObject members => [.. members.Select(member => ((object)member.Key, member.Value))],
            JsonArray items => items.Select((item, index) => ((object)index, item)).ToArray(),
            _ => Array.Empty<(object, JsonNode?)>(),
        };
        foreach (var (key, value) in inner.Length > 12 ? [.. inner[..3], .. inner[^3..]] : inner)
        {
            foreach (var found in Paths(value, [.. path, key]))
                yield return found;
        }
    }

    private static string With(string json, object[] path, Action<JsonNode, object> change)
    {
        var root = JsonNode.Parse(json)!;
        var parent = path[..^1].Aggregate(root, (node, key) => key is int index ? node[index]! : node[(string)key]!);
        change(parent, path[^1]);
        return root.ToJsonString();
    }

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is int index)
            parent[index] = value;
        else
            parent[(string)key] = value;
    }

    private static void Remove(JsonNode parent, object key)
    {
        if (key is int index)
            parent.AsArray().RemoveAt(index);
        else
            parent.AsObject().Remove((string)key);
    }

    private static void Repeat(JsonNode parent, object key)
    {
        if (key is int index)
            parent.AsArray().Insert(index, parent[index]?.DeepClone());
        else
            parent[$"{key}x"] = parent[(string)key]?.DeepClone();
    }
}
