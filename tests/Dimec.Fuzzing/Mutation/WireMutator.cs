using System.Text;

namespace Dimec.Fuzzing.Mutation;

/// <summary>
/// Changes protobuf messages field by field: gone, twice, many, of another number, type or length, numbers beyond every range, packed
/// numbers and bytes that are cut off or do not end.
/// </summary>
internal static class WireMutator
{
    private const int Great = 500;

    /// <summary>Beyond these bytes there is no more of one thing.</summary>
    private const int Largest = 1 << 20;

    private static readonly ulong[] s_numbers =
        [0, 1, 2, 3, 127, 128, 65535, 65536, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63, ulong.MaxValue,
            1UL << 62];

    private static readonly string[] s_texts =
        ["", "a", "BYTES", "FP32", "INT64", "INT8", "FP16", "BF16", "text", "logits", "\0", "\u001b[31m", "é", "1", "-1",
            "18446744073709551615", "\u202e", "x/../y"];

    /// <summary>A message with some changes.</summary>
    /// <param name="random">Decides which.</param>
    /// <param name="message">The message; it is copied.</param>
    /// <param name="malformed">The share of what is changed in its bytes besides, 0 to 1.</param>
    public static byte[] Mutate(Random random, WireMessage message, double malformed = 0.1)
    {
        var copy = message.Copy();
        var messages = new List<WireMessage>();
        for (var changes = random.Next(8) switch { 0 => 0, < 5 => 1, 5 or 6 => 2, _ => random.Next(3, 7) }; changes > 0; changes--)
        {
            messages.Clear();
            copy.Collect(messages);
            Change(random, messages[random.Next(messages.Count)].Fields, messages);
        }

        if (random.NextDouble() < malformed / 2)
            Break(random, messages.Count == 0 ? copy : messages[random.Next(messages.Count)]);
        var bytes = copy.ToBytes();
        return random.NextDouble() < malformed / 2 ? ByteMutator.Mutate(random, bytes, random.Next(1, 3)) : bytes;
    }

    private static void Change(Random random, List<WireField> fields, List<WireMessage> messages)
    {
        if (fields.Count == 0)
        {
            fields.Add(new WireField(random.Next(1, 20), 0) { Number = Number(random) });
            return;
        }

        var place = random.Next(fields.Count);
        var field = fields[place];
        if (random.Next(Great) == 0 && messages.Sum(message => message.Fields.Count) < 2_000)
        {
            var size = field.Bytes.Length + (field.Inner?.ToBytes().Length ?? 0);
            var many = Math.Min(random.Next(1_000, 50_000), Largest / (size + 1));
            for (var i = 0; i < many; i++)
                fields.Add(field.Inner is { Fields.Count: > 20 } ? new WireField(field.Field, 2) : field);
            return;
        }

        switch (random.Next(9))
        {
            case 0:
                fields.RemoveAt(place);
                break;
            case 1:
                fields.Insert(random.Next(fields.Count + 1), field.Copy());
                break;
            case 2:
                field.Field = random.Next(4) == 0 ? random.Next(1, 600) : random.Next(1, 12);
                break;
            case 3:
                var other = random.Next(fields.Count);
                (fields[place], fields[other]) = (fields[other], field);
                break;
            case 4 when messages.Count > 1:
                field.Inner = messages[random.Next(messages.Count)].Copy();
                field.Type = 2;
                break;
            case 5:
                fields.Add(new WireField(random.Next(1, 40), random.Next(3) switch { 0 => 0, 1 => 2, _ => 5 })
                {
                    Number = Number(random),
                    Bytes = Text(random)
                });
                break;
            default:
                Alter(random, field);
                break;
        }
    }

    private static void Alter(Random random, WireField field)
    {
        if (field.Type != 2)
        {
            field.Number = random.Next(3) switch { 0 => field.Number + 1, 1 => field.Number - 1, _ => Number(random) };
        }
        else if (field.Inner is null)
        {
            field.Bytes = random.Next(6) switch
            {
                0 => [],
                1 => field.Bytes[..random.Next(field.Bytes.Length + 1)],
                2 => [.. field.Bytes, .. field.Bytes],
                3 => Text(random),
                4 => Numbers(random),
                _ => ByteMutator.Mutate(random, field.Bytes),
            };
        }
    }

    /// <summary>What no parser of protobuf lets pass.</summary>
    private static void Break(Random random, WireMessage message)
    {
        if (message.Fields.Count == 0)
            return;
        var field = message.Fields[random.Next(message.Fields.Count)];
        switch (random.Next(3))
        {
            case 0: field.Type = random.Next(8); break;
            case 1: field.Lie = random.Next(2) == 0 ? random.Next(1, 9) : int.MaxValue; break;
            default: field.Field = 0; break;
        }
    }

    private static byte[] Text(Random random) => Encoding.UTF8.GetBytes(
        random.Next(200) == 0 ? new string('x', random.Next(1_000, 200_000)) : s_texts[random.Next(s_texts.Length)]);

    /// <summary>Packed numbers.</summary>
    private static byte[] Numbers(Random random)
    {
        using var stream = new MemoryStream();
        for (var count = random.Next(1, 6); count > 0; count--)
            WireMessage.Varint(stream, Number(random));
        return stream.ToArray();
    }

    private static ulong Number(Random random) => random.Next(2) == 0 ? (ulong)random.Next(0, 9) : s_numbers[random.Next(s_numbers.Length)];
}
