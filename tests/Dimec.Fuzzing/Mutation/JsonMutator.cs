using System.Globalization;
using System.Text;

namespace Dimec.Fuzzing.Mutation;

/// <summary>
/// Changes documents of JSON where they have a structure: a value of another kind or beyond every range, keys that are gone, twice or
/// called otherwise, places that are exchanged, and now and then a great many of something.
/// </summary>
internal static class JsonMutator
{
    /// <summary>So rarely is there a great many of something, which takes its time.</summary>
    private const int Great = 600;

    private static readonly string[] s_numbers =
    [
        "0", "-0", "1", "1.0", "-1", "1.5", "2", "3", "7", "1e-400", "1e39", "1e308", "1e400", "-1e400", "4294967295", "2147483647",
            "2147483648",
        "-2147483649", "9223372036854775807", "9223372036854775808", "99999999999999999999", "1E0", "0.1e1", "1073741824", "65536", "1e6",
    ];

    private static readonly string[] s_texts =
    [
        "\"\"", "\" \"", "\"a\"", "\"A\"", "\"1\"", "\"-1\"", "\"1e5\"", "\"true\"", "\"null\"", "\"NaN\"", "\"[CLS]\"", "\"\\u0000\"",
            "\"\\u001b[31m\"",
        "\"a\\nb\"", "\"a/../b\"", "\"../..\"", "\"/etc/passwd\"", "\"C:\\\\x\"", "\"\\u202eabc\"", "\"\u2028\"", "\"\u0085\"",
            "\"\u009b31m\"", "\"é\\ud83d\\ude00\"",
        "\"\\ud83d\\ude00\"", "\"ı\"", "\"İ\"", "\"ß\"", "\"1,5\"", "\"mobile\"", "\"cloud\"", "\"fp32\"", "\"1970-01-01\"",
    ];

    private static readonly string[] s_others =
    [
        "null", "true", "false", "[]", "[[]]", "[null]", "[{}]", "[1,2]", "[1,\"a\"]", "[\"a\"]", "[[1,2],[3,4]]", "{}", "{\"\":0}",
            "{\"a\":1}",
        "{\"1\":[1,2]}", "{\"0\":[0]}", "[1e999]", $"{new string('[', 60)}{new string(']', 60)}",
    ];

    /// <summary>What JSON itself does not have, or what no text can be made of.</summary>
    private static readonly string[] s_malformed =
    [
        "NaN", "-Infinity", "\"\\ud800\"", "\"\\udc00x\"", "01", "1.", "'a'", "\"\t\"", "undefined", "{\"\\ud800\":1}", "/**/1", "1 2", "",
        $"{new string('[', 5000)}", $"{new string('[', 65)}{new string(']', 65)}",
    ];

    private static readonly string[] s_ends = ["", "\r", "\n\n", "\0", " "];

    /// <summary>Lines of JSON, or one document, with some changes.</summary>
    /// <param name="random">Decides which.</param>
    /// <param name="roots">The documents; they are copied.</param>
    /// <param name="malformed">The share of what is no JSON any more, 0 to 1.</param>
    public static byte[] Mutate(Random random, IReadOnlyList<JsonTree> roots, double malformed = 0.1)
    {
        List<JsonTree> copies = [.. roots.Select(root => root.Copy())];
        if (copies.Count > 1 && random.Next(8) == 0)
            Shuffle(random, copies);
        var places = new List<JsonTree>();
        for (var changes = Changes(random); changes > 0; changes--)
        {
            places.Clear();
            copies[random.Next(copies.Count)].Collect(places);
            Change(random, places[random.Next(places.Count)], places);
        }

        if (random.NextDouble() < malformed / 2)
        {
            places.Clear();
            copies[random.Next(copies.Count)].Collect(places);
            places[random.Next(places.Count)].Become(JsonTree.Of(Pick(random, s_malformed)));
        }

        var text = new StringBuilder();
        var odd = random.NextDouble() < malformed / 2 ? random.Next(copies.Count) : -1;
        foreach (var (line, copy) in copies.Index())
        {
            copy.Write(text);
            if (roots.Count > 1)
                text.Append(line == odd ? Pick(random, s_ends) : "\n");
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return random.NextDouble() < malformed / 2 ? ByteMutator.Mutate(random, bytes, random.Next(1, 3)) : bytes;
    }

    /// <summary>A number as it may be written.</summary>
    public static string Number(Random random) => random.Next(3) == 0
        ? random.Next(-5, 200).ToString(CultureInfo.InvariantCulture)
        : Pick(random, s_numbers);

    private static int Changes(Random random) => random.Next(12) switch { 0 => 0, < 7 => 1, < 10 => 2, 10 => 3, _ => random.Next(4, 9) };

    private static void Change(Random random, JsonTree place, List<JsonTree> places)
    {
        if (random.Next(Great) == 0)
        {
            Enlarge(random, place);
            return;
        }

        switch (random.Next(6))
        {
            case 0 or 1 when place.Members is { Count: > 0 } members:
                ChangeMember(random, members, places);
                break;
            case 0 or 1 when place.Items is { Count: > 0 } items:
                ChangeItem(random, items);
                break;
            case 2:
                place.Become(places[random.Next(places.Count)].Copy());
                break;
            case 3 when place.Members is null && place.Items is null:
                Alter(random, place);
                break;
            case 4:
                Wrap(random, place);
                break;
            default:
                place.Become(JsonTree.Of(random.Next(3) switch
                {
                    0 => Number(random),
                    1 => Pick(random, s_texts),
                    _ => Pick(random, s_others),
                }));
                break;
        }
    }

    private static void ChangeMember(Random random, List<(string Key, JsonTree Value)> members, List<JsonTree> places)
    {
        var place = random.Next(members.Count);
        var (key, value) = members[place];
        switch (random.Next(7))
        {
            case 0 or 1:
                members.RemoveAt(place);
                break;
            case 2:
                members.Insert(random.Next(members.Count + 1), (key, value.Copy()));
                break;
            case 3:
                members[place] = (random.Next(3) == 0 ? Pick(random, s_texts) : $"{key[..^1]}x\"", value);
                break;
            case 4:
                members.Add((random.Next(2) == 0 ? Pick(random, s_texts) : "\"new\"", places[random.Next(places.Count)].Copy()));
                break;
            case 5:
                members[place] = (members[random.Next(members.Count)].Key, value);
                break;
            default:
                Shuffle(random, members);
                break;
        }
    }

    private static void ChangeItem(Random random, List<JsonTree> items)
    {
        var place = random.Next(items.Count);
        switch (random.Next(4))
        {
            case 0:
                items.RemoveAt(place);
                break;
            case 1:
                items.Insert(place, items[random.Next(items.Count)].Copy());
                break;
            case 2:
                items.RemoveRange(place, items.Count - place);
                break;
            default:
                Shuffle(random, items);
                break;
        }
    }

    /// <summary>Nearly what it was: the number beside, the text cut off or longer.</summary>
    private static void Alter(Random random, JsonTree leaf)
    {
        var raw = leaf.Raw;
        if (raw.StartsWith('"') && raw.Length > 1)
        {
            var text = raw[1..^1];
            leaf.Raw = random.Next(5) switch
            {
                0 when !text.Contains('\\', StringComparison.Ordinal) => $"\"{text[..random.Next(text.Length + 1)]}\"",
                1 => $"\"{text}{text}\"",
                2 => $"\"{text}\\u0007\"",
                3 => $"\"{text.ToUpperInvariant().Replace("\\U", "\\u", StringComparison.Ordinal)} \"",
                _ => text.Length == 0 ? "0" : text,
            };
            if (!IsJson(leaf.Raw))
                leaf.Raw = raw;
        }
        else if (double.TryParse(raw, CultureInfo.InvariantCulture, out var number))
        {
            var other = random.Next(6) switch
            {
                0 => number + 1,
                1 => number - 1,
                2 => -number,
                3 => number * 2,
                4 => number + 0.5,
                _ => number * 1e10,
            };
            leaf.Raw = random.Next(8) == 0 ? $"\"{raw}\"" : double.IsFinite(other) ? other.ToString("R",
                CultureInfo.InvariantCulture) : "1e400";
        }
        else
        {
            leaf.Raw = Pick(random, s_others);
        }
    }

    private static void Wrap(Random random, JsonTree place)
    {
        if (random.Next(3) == 0 && place.Items is { Count: > 0 } items)
            place.Become(items[random.Next(items.Count)]);
        else if (random.Next(3) == 0 && place.Members is { Count: > 0 } members)
            place.Become(members[random.Next(members.Count)].Value);
        else if (random.Next(2) == 0)
            place.Become(new JsonTree { Items = [place.Copy()] });
        else
            place.Become(new JsonTree { Members = [(Pick(random, s_texts), place.Copy())] });
    }

    /// <summary>What takes a parser long whose time grows faster than its input.</summary>
    private static void Enlarge(Random random, JsonTree place)
    {
        var many = random.Next(2_000, 40_000);
        switch (random.Next(5))
        {
            case 0:
                place.Become(JsonTree.Of($"\"{new string('x', 10 * many)}\""));
                break;
            case 1 when place.Members is { } members:
                var value = members.Count > 0 ? members[random.Next(members.Count)].Value : JsonTree.Of("1");
                for (var i = 0; i < many; i++)
                    members.Add((string.Create(CultureInfo.InvariantCulture, $"\"k{i}\""), value));
                break;
            case 2 when place.Items is { Count: > 0 } items:
                var item = items[random.Next(items.Count)];
                var isVaried = random.Next(3) > 0;
                for (var i = 0; i < many; i++)
                    items.Add(isVaried ? Numbered(item, i) : item);
                break;
            case 3:
                place.Become(JsonTree.Of($"[{string.Join(',', Enumerable.Repeat(random.Next(2) == 0 ? "\"a\"" : "1", many))}]"));
                break;
            default:
                var numbered = Enumerable.Range(0, many).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"{i}\":{i % 7}"));
                place.Become(JsonTree.Of($"{{{string.Join(',', numbered)}}}"));
                break;
        }
    }

    /// <summary>A copy whose leaves are told from another's by a number.</summary>
    private static JsonTree Numbered(JsonTree tree, int number)
    {
        var copy = tree.Copy();
        var places = new List<JsonTree>();
        copy.Collect(places);
        foreach (var leaf in places.Where(place => place.Members is null && place.Items is null))
        {
            if (leaf.Raw.EndsWith('"') && leaf.Raw.Length > 1)
                leaf.Raw = string.Create(CultureInfo.InvariantCulture, $"{leaf.Raw[..^1]}{number}\"");
            else if (int.TryParse(leaf.Raw, CultureInfo.InvariantCulture, out var value))
                leaf.Raw = (value + number).ToString(CultureInfo.InvariantCulture);
        }

        return copy;
    }

    private static bool IsJson(string raw)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(raw);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static void Shuffle<T>(Random random, List<T> list)
    {
        var (one, other) = (random.Next(list.Count), random.Next(list.Count));
        (list[one], list[other]) = (list[other], list[one]);
    }

    private static T Pick<T>(Random random, T[] all) => all[random.Next(all.Length)];
}
