using System.Text;
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
        "null", "true", "false",
        "0", "-0", "1", "1.0", "-1", "1.5", "2", "3.5", "1e-400", "1e39", "1e400", "-1e400", "NaN", "-Infinity", "2147483647", "2147483648",
        "-2147483649", "9223372036854775808", "99999999999999999999", "123456789012345678901234567890",
        "\"\"", "\"a\"", "\"A\"", "\"1\"", "\"true\"", "\"[CLS]\"", "\"\\u0000\"", "\"a/../b\"", "\"\\ud800\"", "\"\\udc00x\"",
        "\"é\\ud83d\\ude00\"", $"\"{new string('x', 3000)}\"",
        "[]", "[[]]", "[null]", "[{}]", "[1,2]", "[1,\"a\"]", "[\"a\"]", "[1e999]", "[[1,2],[3,4]]",
        "{}", "{\"\":0}", "{\"a\":1}", "{\"1\":[1,2]}", "{\"type\":\"Sequence\"}", "{\"\\ud800\":1}",
        $"{new string('[', 100)}{new string(']', 100)}",
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

    /// <summary>
    /// Every way to put an odd value in the place of one value of a document, to leave that out, or to have it twice; of long arrays and
    /// objects at their ends only.
    /// </summary>
    /// <param name="valid">The document as it should be.</param>
    public static IEnumerable<string> Each(string valid)
    {
        var bytes = Encoding.UTF8.GetBytes(valid);
        foreach (var place in JsonPlace.AtEnds(bytes))
        {
            foreach (var value in s_values)
                yield return Encoding.UTF8.GetString(With(bytes, place, value));
            if (!place.IsInner)
                continue;
            yield return Encoding.UTF8.GetString(Without(bytes, place));
            yield return Encoding.UTF8.GetString(Twice(bytes, place));
            if (place.Name is not null)
                yield return Encoding.UTF8.GetString(UnderAnotherName(bytes, place));
        }
    }

    /// <summary>A document that is damaged so in some values at once.</summary>
    /// <param name="valid">The document as it should be.</param>
    /// <param name="seed">In which of them, and how.</param>
    /// <param name="changes">In how many.</param>
    public static string Some(string valid, int seed, int changes)
    {
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(valid);
        for (var change = 0; change < changes; change++)
        {
            JsonPlace[] places = [.. JsonPlace.AtEnds(bytes).Where(place => place.IsInner)];
            if (places.Length == 0)
                break;
            var place = places[random.Next(places.Length)];
            bytes = random.Next(9) switch
            {
                0 => Without(bytes, place),
                1 => Twice(bytes, place),
                2 when place.Name is not null => UnderAnotherName(bytes, place),
                _ => With(bytes, place, s_values[random.Next(s_values.Length)]),
            };
        }

        return Encoding.UTF8.GetString(bytes);
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
                JsonPlace[] places = [.. JsonPlace.All(bytes)];
                JsonPlace[] members = [.. places.Where(candidate => candidate.Name is not null)];
                if (kind == 4 && members.Length > 0)
                    return Twice(bytes, members[random.Next(members.Length)]);
                if (kind == 5 && members.Length > 0)
                    return Without(bytes, members[random.Next(members.Length)]);
                return places.Length == 0
                    ? bytes
                    : With(bytes, places[random.Next(places.Length)], s_values[random.Next(s_values.Length)]);
        }
    }

    private static byte[] With(byte[] bytes, JsonPlace place, string value) =>
        [.. bytes[..place.Start], .. Encoding.UTF8.GetBytes(value), .. bytes[place.End..]];

    /// <summary>Without the value and the comma that goes with it.</summary>
    private static byte[] Without(byte[] bytes, JsonPlace place)
    {
        var before = bytes.AsSpan(..place.First).TrimEnd(" \t\r\n"u8);
        var after = bytes.AsSpan(place.End..).TrimStart(" \t\r\n"u8);
        if (after.StartsWith(","u8))
            after = after[1..];
        else if (before.EndsWith(","u8))
            before = before[..^1];
        return [.. before, .. after];
    }

    private static byte[] Twice(byte[] bytes, JsonPlace place) =>
        [.. bytes[..place.End], (byte)',', .. bytes[place.First..place.End], .. bytes[place.End..]];

    private static byte[] UnderAnotherName(byte[] bytes, JsonPlace place)
    {
        var quote = place.Name!.Value.End - 1;
        return
        [
            .. bytes[..place.End], (byte)',', .. bytes[place.First..quote], (byte)'x', .. bytes[quote..place.End], .. bytes[place.End..],
        ];
    }
}
