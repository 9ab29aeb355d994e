using System.Text.Json;

namespace Dimec.Testing.Json;

/// <summary>A value in a text of JSON, or of JSON lines: where it stands, and what stands in it.</summary>
internal sealed class JsonPlace
{
    /// <summary>Of longer arrays and objects only so many at each end are looked at where each value is.</summary>
    private const int Ends = 3;

    private const int Long = 4 * Ends;
    private readonly List<JsonPlace> _inner = [];

    private JsonPlace(int start, (int Start, int End)? name, bool isInner) => (Start, Name, IsInner) = (start, name, isInner);

    /// <summary>Where the value begins.</summary>
    public int Start { get; }

    /// <summary>Where the value ends; 0 where the text is broken before its end.</summary>
    public int End { get; private set; }

    /// <summary>The member's name in its quotes; null where it is no member of an object.</summary>
    public (int Start, int End)? Name { get; }

    /// <summary>Whether it stands in an array or an object.</summary>
    public bool IsInner { get; }

    /// <summary>Where a member begins with its name, and any other value itself.</summary>
    public int First => Name?.Start ?? Start;

    /// <summary>Every value of a text, as far as it can be parsed.</summary>
    public static IEnumerable<JsonPlace> All(byte[] text) => Roots(text).SelectMany(root => root.Within(atEnds: false));

    /// <summary>The values of a text, as far as it can be parsed; those of long arrays and objects at their ends only.</summary>
    public static IEnumerable<JsonPlace> AtEnds(byte[] text) => Roots(text).SelectMany(root => root.Within(atEnds: true));

    private IEnumerable<JsonPlace> Within(bool atEnds)
    {
        var inner = atEnds && _inner.Count > Long ? [.. _inner[..Ends], .. _inner[^Ends..]] : _inner;
        IEnumerable<JsonPlace> self = End > 0 ? [this] : [];
        return self.Concat(inner.SelectMany(place => place.Within(atEnds)));
    }

    private static List<JsonPlace> Roots(byte[] text)
    {
        var roots = new List<JsonPlace>();
        var open = new Stack<JsonPlace>();
        (int, int)? name = null;
        var json = new Utf8JsonReader(text, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 1000 });
        try
        {
            while (json.Read())
            {
                var start = (int)json.TokenStartIndex;
                switch (json.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = (start, start + json.ValueSpan.Length + 2);
                        continue;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        open.Pop().End = (int)json.BytesConsumed;
                        continue;
                    default:
                        break;
                }

                var place = new JsonPlace(start, name, isInner: open.Count > 0);
                name = null;
                (open.TryPeek(out var parent) ? parent._inner : roots).Add(place);
                if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    open.Push(place);
                else
                    place.End = (int)json.BytesConsumed;
            }
        }
        catch (JsonException)
        {
            // What came before can be damaged further.
        }

        return roots;
    }
}
