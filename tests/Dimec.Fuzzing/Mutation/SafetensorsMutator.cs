using System.Buffers.Binary;
using System.Text.Json;

namespace Dimec.Fuzzing.Mutation;

/// <summary>Changes files of safetensors: what their headers say of the data, and how long they say they are.</summary>
internal sealed class SafetensorsMutator
{
    private static readonly long[] s_lengths = [0, 1, 2, -1, 8, 100_000_000, 100_000_001, int.MaxValue, 1L << 40, long.MaxValue,
        long.MinValue];

    private readonly JsonTree _header;
    private readonly byte[] _data;

    /// <param name="valid">A file as it should be.</param>
    public SafetensorsMutator(byte[] valid)
    {
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(valid);
        _header = JsonTree.Parse(System.Text.Encoding.UTF8.GetString(valid, 8, length));
        _data = valid[(8 + length)..];
    }

    /// <summary>A file with some changes.</summary>
    public byte[] Mutate(Random random)
    {
        var header = JsonMutator.Mutate(random, [_header], malformed: 0.06);
        var data = random.Next(6) switch
        {
            0 => _data[..random.Next(_data.Length + 1)],
            1 => [.. _data, .. new byte[random.Next(1, 9)]],
            _ => _data,
        };
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(
            prefix, random.Next(14) == 0 ? s_lengths[random.Next(s_lengths.Length)] : header.Length + (random.Next(30) == 0 ? 1 : 0));
        return [.. prefix, .. header, .. data];
    }

    /// <summary>Whether a file has a header that is JSON.</summary>
    public static bool IsWellFormed(byte[] file)
    {
        if (file.Length < 8 || BinaryPrimitives.ReadInt64LittleEndian(file) is var length && (length < 2 || length > file.Length - 8))
            return false;
        try
        {
            using var header = JsonDocument.Parse(file.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(file)));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
