namespace Dimec.Fuzzing.Mutation;

/// <summary>Turns, cuts, doubles and inserts bytes, which know nothing of any structure.</summary>
internal static class ByteMutator
{
    private static readonly byte[] s_odd = [0, 1, 0x7F, 0x80, 0xC3, 0xFE, 0xFF, .. "\"{}[],:\\\n\r\t N-0"u8];

    /// <summary>The bytes, changed in some places.</summary>
    public static byte[] Mutate(Random random, byte[] bytes, int changes = 1)
    {
        for (; changes > 0 && bytes.Length > 0; changes--)
        {
            var place = random.Next(bytes.Length);
            var end = Math.Min(bytes.Length, place + random.Next(1, 17));
            bytes = random.Next(8) switch
            {
                0 => bytes[..place],
                1 => [.. bytes[..place], (byte)random.Next(256), .. bytes[(place + 1)..]],
                2 => [.. bytes[..place], (byte)(bytes[place] ^ (1 << random.Next(8))), .. bytes[(place + 1)..]],
                3 => [.. bytes[..place], s_odd[random.Next(s_odd.Length)], .. bytes[place..]],
                4 => [.. bytes[..place], .. bytes[end..]],
                5 => [.. bytes[..end], .. bytes[place..end], .. bytes[end..]],
                6 => [.. "\uFEFF"u8, .. bytes],
                _ => [.. bytes, .. new byte[random.Next(1, 9)]],
            };
        }

        return bytes;
    }
}
