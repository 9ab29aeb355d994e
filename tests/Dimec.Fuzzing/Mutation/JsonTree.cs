using System.Text;
using System.Text.Json;

namespace Dimec.Fuzzing.Mutation;

/// <summary>A document of JSON that may be none: keys twice, values that are no JSON, anything anywhere.</summary>
internal sealed class JsonTree
{
    /// <summary>The members of an object, each with its key as it is written, in quotes; null: it is no object.</summary>
    public List<(string Key, JsonTree Value)>? Members { get; set; }

    /// <summary>The elements of an array; null: it is none.</summary>
    public List<JsonTree>? Items { get; set; }

    /// <summary>What is written, where it is neither.</summary>
    public string Raw { get; set; } = "";

    /// <summary>A document as it should be.</summary>
    public static JsonTree Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    /// <summary>What is written as it is.</summary>
    public static JsonTree Of(string raw) => new() { Raw = raw };

    /// <summary>A copy that shares nothing.</summary>
    public JsonTree Copy() => new()
    {
        Members = Members?.ConvertAll(member => (member.Key, member.Value.Copy())),
        Items = Items?.ConvertAll(item => item.Copy()),
        Raw = Raw,
    };

    /// <summary>Takes another's content.</summary>
    public void Become(JsonTree other) => (Members, Items, Raw) = (other.Members, other.Items, other.Raw);

    /// <summary>This and all within it.</summary>
    public void Collect(List<JsonTree> into)
    {
        into.Add(this);
        foreach (var (_, value) in Members ?? [])
            value.Collect(into);
        foreach (var item in Items ?? [])
            item.Collect(into);
    }

    /// <summary>Writes it.</summary>
    public void Write(StringBuilder to)
    {
        if (Members is not null)
        {
            to.Append('{');
            foreach (var (place, (key, value)) in Members.Index())
            {
                to.Append(place == 0 ? "" : ",").Append(key).Append(':');
                value.Write(to);
            }

            to.Append('}');
        }
        else if (Items is not null)
        {
            to.Append('[');
            foreach (var (place, value) in Items.Index())
            {
                to.Append(place == 0 ? "" : ",");
                value.Write(to);
            }

            to.Append(']');
        }
        else
        {
            to.Append(Raw);
        }
    }

    private static JsonTree Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonTree
        {
            Members = [.. element.EnumerateObject().Select(member => ($"\"{JsonEncodedText.Encode(member.Name)}\"", Of(member.Value)))],
        },
        JsonValueKind.Array => new JsonTree { Items = [.. element.EnumerateArray().Select(Of)] },
        _ => Of(element.GetRawText()),
    };
}
