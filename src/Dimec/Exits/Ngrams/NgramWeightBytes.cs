using System.Buffers.Binary;

namespace Dimec.Exits.Ngrams;

/// <summary>
/// How a file keeps weights: in 16 bits as they are, or in 8 bits as multiples of a power of two, each row's own, whose exponents come
/// first.
/// </summary>
internal static class NgramWeightBytes
{
    public static byte[] Wide(ReadOnlySpan<short> weights)
    {
        var bytes = new byte[sizeof(short) * weights.Length];
        for (var i = 0; i < weights.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(sizeof(short) * i), weights[i]);
        return bytes;
    }

    public static short[] FromWide(ReadOnlySpan<byte> bytes)
    {
        var weights = new short[bytes.Length / sizeof(short)];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(sizeof(short) * i)..]);
        return weights;
    }

    public static byte[] Narrow(ReadOnlySpan<short> weights, int classes)
    {
        var rows = weights.Length / classes;
        var bytes = new byte[rows + weights.Length];
        for (var row = 0; row < rows; row++)
        {
            var values = weights.Slice(row * classes, classes);
            var largest = 0;
            foreach (var value in values)
                largest = Math.Max(largest, Math.Abs((int)value));
            // Every weight of the row is a multiple of this power, since the row was made with it or with a larger one.
            var exponent = Quantizer.Exponent(largest);
            bytes[row] = (byte)exponent;
            for (var c = 0; c < classes; c++)
                bytes[rows + (row * classes) + c] = (byte)(values[c] >> exponent);
        }

        return bytes;
    }

    public static short[] FromNarrow(ReadOnlySpan<byte> bytes, int rows, int classes)
    {
        var weights = new short[rows * classes];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (short)((sbyte)bytes[rows + i] << bytes[i / classes]);
        return weights;
    }
}
