using System.Text;
using System.Text.Json;
using CsCheck;

namespace Dimec.Testing.Json;

/// <summary>
/// Damages a file of JSON, or of JSON lines, as people, programs and disks do: a value of another kind or beyond every range in the place
/// of one, keys twice or gone, bytes turned or cut off. Whatever reads such a file either takes it or says what is wrong in a sentence.
/// </summary>
public static class JsonDamage
{
    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "-0", "1.0", "-1", "1.5", "1e-400", "1e39", "1e400", "-1e400", "NaN", "-Infinity", "2147483648",
        "-2147483649", "9223372036854775808",
        "123456789012345678901234567890", "\"\"", "\"a\"", "\"1\"", "\"\\u0000\"", "\"a/../b\"", "\"\\ud800\"", "\"\\udc00x\"",
        "\"é\\ud83d\\ude00\"", $"\"{new string('x', 3000)}\"",
        "[]", "[[]]", "[null]", "[1,2]", "[\"a\"]", "[1e999]", "[[1,2],[3,4]]", "{}", "{\"\":0}", "{\"a\":1}", "{\"1\":[1,2]}",
        "{\"\\ud800\":1}", $"{new string('[', 100)}{new string(']', 100)}",
    ];

    private static readonly byte[] s_odd = [0xFF, 0xC3, 0x28, 0, .. "\"{}[],:\n\r\\N"u8];

    /// <summary>Reads many damaged copies of a file.</summary>
    /// <param name="valid">The file as it should be.</param>
    /// <param name="read">Reads it; anything but an <see cref="InputException"/> with sentences in it fails the test.</param>
    /// <param name="times">How many copies.</param>
    public static void Check(string valid, Action<byte[]> read, int times = 2000)
    {
        read(Encoding.UTF8.GetBytes(valid));
        var gen = from first in Gen.Int[0, int.MaxValue]
                  from second in Gen.Int[0, int.MaxValue]
                  from kinds in Gen.Int[0, 9].Array[1, 3]
                  select (first, second, kinds);
        gen.Select(damage => Damaged(Encoding.UTF8.GetBytes(valid), damage.first, damage.second, damage.kinds)).Sample(
            bytes =>
            {
                try
                {
                    read(bytes);
                }
                catch (InputException wrong)
                {
                    Assert.All(wrong.Errors, error => Assert.True(
                        error.Where.Length > 0 && error.Problem.Length > 0 && error.ToString().Length < 2500 && error.Fix.Length > 0,
                        error.ToString()));
                }
            },
            iter: times,
            print: Encoding.Latin1.GetString);
    }

    private static byte[] Damaged(byte[] bytes, int first, int second, int[] kinds)
    {
        foreach (var kind in kinds)
        {
            if (bytes.Length == 0)
                return bytes;
            var random = new Random(HashCode.Combine(first, second, kind, bytes.Length));
            bytes = Damage(bytes, kind, random);
        }

        return bytes;
    }

    private static byte[] Damage(byte[] bytes, int kind, Random random)
    {
        var place = random.Next(bytes.Length);
        switch (kind)
        {
            case 0:
                return bytes[..place];
            case 1:
                return [.. bytes[..place], (byte)random.Next(256), .. bytes[(place + 1)..]];
            case 2:
                return [.. bytes[..place], s_odd[random.Next(s_odd.Length)], .. bytes[place..]];
            case 3:
                return [.. "\uFEFF"u8, .. bytes];
            default:
                var (values, members) = Places(bytes);
                if (kind == 4 && members.Count > 0)
                {
                    var (start, end) = members[random.Next(members.Count)];
                    return [.. bytes[..end], (byte)',', .. bytes[start..end], .. bytes[end..]];
                }

                if (kind == 5 && members.Count > 0)
                {
                    var (start, end) = members[random.Next(members.Count)];
                    return [.. bytes[..start], .. bytes[end..]];
                }

                if (values.Count == 0)
                    return bytes;
                var (from, to) = values[random.Next(values.Count)];
                return [.. bytes[..from], .. Encoding.UTF8.GetBytes(s_values[random.Next(s_values.Length)]), .. bytes[to..]];
        }
    }

    /// <summary>Where the values stand, and the members of objects, as far as the file can be parsed.</summary>
    private static (List<(int Start, int End)> Values, List<(int Start, int End)> Members) Places(byte[] bytes)
    {
        var (values, members) = (new List<(int, int)>(), new List<(int, int)>());
        var open = new Stack<(int Start, int? Name)>();
        int? name = null;
        var json = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 1000 });
        try
        {
            while (json.Read())
            {
                switch (json.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = (int)json.TokenStartIndex;
                        break;
                    case JsonTokenType.StartArray or JsonTokenType.StartObject:
                        open.Push(((int)json.TokenStartIndex, name));
                        name = null;
                        break;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        var (start, member) = open.Pop();
                        Add(start, member, (int)json.BytesConsumed);
                        break;
                    default:
                        Add((int)json.TokenStartIndex, name, (int)json.BytesConsumed);
                        name = null;
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // What came before can be damaged further.
        }

        return (values, members);

        void Add(int start, int? member, int end)
        {
            values.Add((start, end));
            if (member is { } from)
                members.Add((from, end));
        }
    }
}
